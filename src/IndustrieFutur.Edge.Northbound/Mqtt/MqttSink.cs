using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>
/// Publishes the spool to one broker: QoS 1, a window of messages on their way, everything unacknowledged sent again; takes the
/// historians' watermarks and requests for replay back. The one owner of its connection.
/// </summary>
public sealed class MqttSink : BackgroundService
{
    private static readonly TimeSpan HeadEvery = TimeSpan.FromSeconds(1);

    /// <summary>While somebody waits for the watermark, the historians hear of the head sooner.</summary>
    private static readonly TimeSpan HeadEveryInFlush = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the loop rests when nothing wakes it: a fifth of a batch's wait for company, so a batch is hardly late.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan RestInFlush = TimeSpan.FromMilliseconds(10);

    /// <summary>At the end of a connection, what is on its way has this long to come back: a stop takes under a second.</summary>
    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>A message not acknowledged for so long is taken as lost; a living broker answers in milliseconds.</summary>
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BackoffFirst = TimeSpan.FromMilliseconds(250);

    /// <summary>Five seconds: a broker that returns is found while a person still looks at it.</summary>
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(5);

    private readonly string _id;
    private readonly MqttSinkOptions _options;
    private readonly TelemetrySpool _spool;
    private readonly CellPlan _plan;
    private readonly string _baseDirectory;
    private readonly BrokerAddresses _addresses;
    private readonly TimeProvider _clock;
    private readonly ILogger<MqttSink> _logger;
    private readonly EdgeTopics _topics;
    private readonly string[] _telemetryTopics;
    private readonly BatchTerms _terms;
    private readonly ConcurrentBag<PublishSlot> _free = [];
    private readonly SemaphoreSlim _wake = new(0);
    private readonly byte[] _scratch;
    private readonly string _started;
    private bool _wasTold;

    public MqttSink(
        string id, MqttSinkOptions options, TelemetrySpool spool, CellPlan plan, string baseDirectory, TimeProvider clock, ILogger<MqttSink> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(clock);
        _id = id;
        _options = options;
        _spool = spool;
        _plan = plan;
        _baseDirectory = baseDirectory;
        _addresses = new BrokerAddresses(options);
        _clock = clock;
        _logger = logger;
        _topics = new EdgeTopics(plan.Group, plan.Edge);
        _telemetryTopics = [.. plan.Devices.Select(device => _topics.Telemetry(device.Id))];
        _terms = new BatchTerms(options.BatchMax, options.BatchEvery.Ticks * 100);
        _scratch = new byte[TelemetryEncoder.ScratchNeeded(options.BatchMax)];
        for (var i = 0; i < options.Window; i++)
        {
            _free.Add(new PublishSlot(TelemetryEncoder.BufferNeeded(options.BatchMax, plan.TextBytesMax)));
        }

        _started = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    public SinkStatus Status { get; } = new();

    /// <summary>The broker's address, of the node in use or last tried where it has several.</summary>
    public string Url => _addresses.Current;

    /// <summary>Looks whether secret and certificates are there. Throws <see cref="InvalidOperationException"/> with a sentence when not.</summary>
    public void Prepare() => Describe();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = BackoffFirst;
        while (!stoppingToken.IsCancellationRequested)
        {
            var since = _clock.GetTimestamp();
            await RunOnceAsync(stoppingToken);
            Status.IsConnected = false;

            // A connection that held for a while was a good one: begin again with short pauses.
            backoff = _clock.GetElapsedTime(since) > BackoffMax ? BackoffFirst : backoff;
            var jitter = 0.5 + Random.Shared.NextDouble();
            await Task.Delay(backoff * jitter, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            backoff = TimeSpan.FromTicks(Math.Min(backoff.Ticks * 2, BackoffMax.Ticks));
        }
    }

    /// <summary>One connection, from its opening to its end. Whatever happens is told once and never thrown.</summary>
    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        _addresses.Next();
        try
        {
            client.ApplicationMessageReceivedAsync += OnMessageAsync;
            var result = await BrokerConnection.InTimeAsync(token => client.ConnectAsync(Describe(), token), stoppingToken);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                TellRefused($"{result.ResultCode} {result.ReasonString}".TrimEnd(' ', '.') + ".");
                return;
            }

            await GreetAsync(client, stoppingToken);
            Status.IsConnected = true;
            Status.IsRefused = false;
            Status.LastError = "";
            _wasTold = false;
            _logger.Connected(_id, _addresses.Current);
            await PumpAsync(client, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
            {
                await LeaveAsync(client);
                return;
            }

            Status.LastError = "connection lost";
            _logger.Lost(_id, _addresses.Current);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // However the library calls it: we were told to stop, and the last will says the rest.
        }
        catch (MQTTnet.Exceptions.MqttCommunicationException cause)
        {
            TellUnreachable((cause.InnerException ?? cause).Message);
        }
        catch (Exception cause) when (cause is OperationCanceledException or InvalidOperationException or TimeoutException)
        {
            TellUnreachable(cause.Message);
        }
        catch (Exception cause)
        {
            // Not foreseen: told with its trace, and the connection begins anew; the spool keeps everything.
            Status.LastError = cause.Message;
            _logger.Unexpected(cause, _id);
        }
        finally
        {
            await EndAsync(client);
        }
    }

    /// <summary>Cuts the connection and gives the messages on their way a moment to come back; one that does not comes back by its own timeout.</summary>
    private async Task EndAsync(IMqttClient client)
    {
        client.Dispose();
        var since = _clock.GetTimestamp();
        while (_free.Count < _options.Window && _clock.GetElapsedTime(since) < ReturnTimeout)
        {
            await _wake.WaitAsync(RestInFlush, CancellationToken.None);
        }
    }

    private MqttClientOptions Describe() =>
        BrokerConnection.Describe(_options, $"ifedge-{_plan.Group}-{_plan.Edge}-{_id}", _baseDirectory, _addresses.Current)
            .WithWillTopic(_topics.State)
            .WithWillPayload(State(online: false))
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain()
            .Build();

    private async Task GreetAsync(IMqttClient client, CancellationToken stoppingToken)
    {
        var filter = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(_topics.Stored("+"), MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(_topics.Replay("+"), MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        await BrokerConnection.InTimeAsync(token => client.SubscribeAsync(filter, token), stoppingToken);
        await PublishAsync(client, _topics.State, State(online: true), retain: true, stoppingToken);
        foreach (var device in _plan.Devices)
        {
            await PublishAsync(client, _topics.Meta(device.Id), Meta(device), retain: true, stoppingToken);
        }
    }

    /// <summary>Sends what is due until the connection ends.</summary>
    private async Task PumpAsync(IMqttClient client, CancellationToken stoppingToken)
    {
        var nextStream = 0;
        var headSent = 0L;
        var head = Task.CompletedTask;
        while (client.IsConnected && !stoppingToken.IsCancellationRequested)
        {
            // One head at a time, and the samples need not wait for its acknowledgement.
            if (head.IsCompleted && (headSent == 0 || _clock.GetElapsedTime(headSent) >= (_spool.Flush ? HeadEveryInFlush : HeadEvery)))
            {
                await head;
                headSent = _clock.GetTimestamp();
                var body = JsonSerializer.SerializeToUtf8Bytes(_spool.Head(), TelemetryJson.Default.HeadMessage);
                head = PublishAsync(client, _topics.Head, body, retain: false, stoppingToken);
            }

            if (!SendNext(client, ref nextStream))
            {
                await _wake.WaitAsync(_spool.Flush ? RestInFlush : Rest, CancellationToken.None);
            }
        }

        await head.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Takes the next message that is due from the streams in turn and sends it off; false when there is none, or no room.</summary>
    private bool SendNext(IMqttClient client, ref int nextStream)
    {
        if (!_free.TryTake(out var slot))
        {
            return false;
        }

        for (var tries = 0; tries < _spool.Streams.Count; tries++)
        {
            var index = nextStream;
            nextStream = (nextStream + 1) % _spool.Streams.Count;
            var utcMillis = (ulong)_clock.GetUtcNow().ToUnixTimeMilliseconds();
            var stream = _spool.Streams[index];
            var length = stream.Take(_terms, _spool.Flush, utcMillis, MonoClock.NowNanos(), slot.Buffer, _scratch, out var sent);
            if (length > 0)
            {
                _ = SendAsync(client, stream, slot, length, sent, _telemetryTopics[index]);
                return true;
            }
        }

        _free.Add(slot);
        return false;
    }

    private async Task SendAsync(IMqttClient client, StreamSpool stream, PublishSlot slot, int length, SentRange sent, string topic)
    {
        var acknowledged = false;
        try
        {
            using var timeout = new CancellationTokenSource(PublishTimeout, _clock);
            var message = new MqttApplicationMessage
            {
                Topic = topic,
                PayloadSegment = new ArraySegment<byte>(slot.Buffer, 0, length),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            };
            var result = await client.PublishAsync(message, timeout.Token);
            acknowledged = result.IsSuccess;
        }
        catch (Exception cause)
        {
            // Whatever the reason, the broker may not have it: it goes back, and the pump sees whether the connection still lives.
            Status.LastError = cause.Message;
        }

        if (acknowledged)
        {
            stream.Acknowledge(sent);
            Status.CountAcknowledged();
        }
        else
        {
            stream.Return(sent);
            Status.CountReturned();
        }

        _free.Add(slot);
        Wake();
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var topic = received.ApplicationMessage.Topic;
        try
        {
            if (!EdgeTopics.TryParse(topic, out _, out _, out var rest))
            {
                return Task.CompletedTask;
            }

            var reader = new Utf8JsonReader(received.ApplicationMessage.Payload);
            if (rest.StartsWith("stored/", StringComparison.Ordinal))
            {
                Status.Hear(rest["stored/".Length..], _clock.GetTimestamp());
                _spool.ApplyStored(rest["stored/".Length..], JsonSerializer.Deserialize(ref reader, TelemetryJson.Default.StoredMessage) ?? throw new JsonException("It is null."));
            }
            else if (rest.StartsWith("replay/", StringComparison.Ordinal))
            {
                _spool.RequestReplay(JsonSerializer.Deserialize(ref reader, TelemetryJson.Default.ReplayMessage) ?? throw new JsonException("It is null."));
            }

            Wake();
        }
        catch (JsonException cause)
        {
            _logger.BadMessage(_id, topic, cause.Message);
        }

        return Task.CompletedTask;
    }

    /// <summary>An orderly stop: the state says so, the broker is told, and none of it may take long.</summary>
    private async Task LeaveAsync(IMqttClient client)
    {
        using var timeout = new CancellationTokenSource(ReturnTimeout, _clock);
        try
        {
            await PublishAsync(client, _topics.State, State(online: false), retain: true, timeout.Token);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), timeout.Token);
        }
        catch (Exception cause) when (cause is OperationCanceledException or MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException)
        {
            // The last will says the same.
        }
    }

    private static async Task PublishAsync(IMqttClient client, string topic, byte[] body, bool retain, CancellationToken cancellationToken)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = body,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        };
        await BrokerConnection.InTimeAsync(token => client.PublishAsync(message, token), cancellationToken);
    }

    private byte[] State(bool online)
    {
        var version = typeof(MqttSink).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var state = new StateMessage(online, _started, version, StreamSpool.Hex(_plan.Hash));
        return JsonSerializer.SerializeToUtf8Bytes(state, TelemetryJson.Default.StateMessage);
    }

    private byte[] Meta(DevicePlan device)
    {
        var signals = device.Signals.Select(signal => new SignalMeta(
            signal.Index, signal.Id, signal.Kind.ToString().ToLowerInvariant(), signal.Unit, signal.NameFr, signal.NameEn));
        return JsonSerializer.SerializeToUtf8Bytes(new MetaMessage(StreamSpool.Hex(_plan.Hash), [.. signals]), TelemetryJson.Default.MetaMessage);
    }

    private void TellRefused(string reason)
    {
        Status.IsRefused = true;
        Status.LastError = reason;
        if (!_wasTold)
        {
            _logger.LoginRefused(_id, _addresses.Current, reason);
        }

        _wasTold = true;
    }

    private void TellUnreachable(string reason)
    {
        Status.IsRefused = false;
        reason = reason.EndsWith('.') ? reason : reason + ".";
        Status.LastError = reason;
        if (!_wasTold)
        {
            _logger.Unreachable(_id, _addresses.Current, reason);
        }

        _wasTold = true;
    }
}
