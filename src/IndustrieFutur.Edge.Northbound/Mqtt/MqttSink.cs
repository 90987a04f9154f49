using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound.People;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
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

    /// <summary>Retained watermarks come with the subscription, in milliseconds; a historian that has none is not waited for longer.</summary>
    private static readonly TimeSpan WatermarkTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>A watermark is a line a stream and a few ranges; 1 MiB holds the largest that a cell can have.</summary>
    private const uint MessageBytesMax = 1 << 20;

    private static readonly TimeSpan BackoffFirst = TimeSpan.FromMilliseconds(250);

    /// <summary>Five seconds: a broker that returns is found while a person still looks at it.</summary>
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(5);

    private readonly string _id;
    private readonly MqttSinkOptions _options;
    private readonly TelemetrySpool _spool;
    private readonly CellPlan _plan;
    private readonly string _baseDirectory;
    private readonly TimeProvider _clock;
    private readonly ILogger<MqttSink> _logger;
    private readonly EdgeTopics _topics;
    private readonly string[] _telemetryTopics;
    private readonly BatchTerms _terms;
    private readonly ConcurrentBag<PublishSlot> _free = [];
    private readonly SemaphoreSlim _wake = new(0);
    private readonly byte[] _scratch;
    private readonly string _started;
    private readonly long[] _pausedUntil;
    private readonly PeopleTopics? _people;
    private bool _wasTold;
    private bool _wasRefusalTold;
    private bool _wasFallBackTold;

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
        _clock = clock;
        _logger = logger;
        _topics = new EdgeTopics(plan.Group, plan.Edge);
        _telemetryTopics = [.. plan.Devices.Select(TelemetryTopic)];
        _people = options.People is null ? null : new PeopleTopics(options.People, plan, clock);
        if (_people is not null)
        {
            spool.Add(_people.Tap);
        }

        _terms = new BatchTerms(options.BatchMax, options.BatchEvery.Ticks * 100);
        _pausedUntil = new long[plan.Devices.Count];
        _scratch = new byte[TelemetryEncoder.ScratchNeeded(options.BatchMax)];
        for (var i = 0; i < options.Window; i++)
        {
            _free.Add(new PublishSlot(TelemetryEncoder.BufferNeeded(options.BatchMax, plan.TextBytesMax)));
        }

        _started = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    public SinkStatus Status { get; } = new();

    public string Url => _options.Url;

    /// <summary>Looks whether secret and certificates are there. Throws <see cref="InvalidOperationException"/> with a sentence when not.</summary>
    public void Prepare() =>
        BrokerConnection.Describe(_options, ClientId, _baseDirectory, _clock);

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
        BrokerSession? session = null;
        try
        {
            var opened = _clock.GetTimestamp();
            session = await BrokerSession.OpenAsync(_options, ClientId, _baseDirectory, _clock, Shape, OnMessageAsync, stoppingToken);
            await GreetAsync(session, stoppingToken);
            await AwaitWatermarksAsync(opened);
            TellConnected(session);
            await ServeAsync(session, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
            {
                await LeaveAsync(session);
                return;
            }

            Status.LastError = "connection lost";
            _logger.Lost(_id, _options.Url);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // However the library calls it: we were told to stop, and the last will says the rest.
        }
        catch (BrokerException cause) when (cause.IsRefusal)
        {
            TellRefused(cause.Message);
        }
        catch (MQTTnet.Exceptions.MqttCommunicationException cause)
        {
            TellUnreachable((cause.InnerException ?? cause).Message);
        }
        catch (Exception cause) when (cause is BrokerException or OperationCanceledException or InvalidOperationException or TimeoutException)
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
            await EndAsync(session);
        }
    }

    /// <summary>Cuts the connection and gives the messages on their way a moment to come back; one that does not comes back by its own timeout.</summary>
    private async Task EndAsync(BrokerSession? session)
    {
        session?.Dispose();
        var since = _clock.GetTimestamp();
        while (_free.Count < _options.Window && _clock.GetElapsedTime(since) < ReturnTimeout)
        {
            await _wake.WaitAsync(RestInFlush, CancellationToken.None);
        }
    }

    private string ClientId => $"ifedge-{_plan.Group}-{_plan.Edge}-{_id}";

    /// <summary>
    /// The will; and with version 5 a session that outlives the connection for a while, so that what historians ask meanwhile waits for
    /// us. A session of 3.1.1 has no end, so it is not asked for there.
    /// </summary>
    private MqttClientOptionsBuilder Shape(MqttClientOptionsBuilder builder, MqttProtocolVersion version)
    {
        builder = builder
            .WithWillTopic(_topics.State)
            .WithWillPayload(State(online: false))
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain();
        return version == MqttProtocolVersion.V500
            ? builder
                .WithCleanStart(_options.SessionExpiry == TimeSpan.Zero)
                .WithSessionExpiryInterval((uint)_options.SessionExpiry.TotalSeconds)
                .WithMaximumPacketSize(MessageBytesMax)
            : builder;
    }

    /// <summary>Also when the session is resumed: a subscription brings the retained watermarks anew (MQTT 5, 3.8.4).</summary>
    private async Task GreetAsync(BrokerSession session, CancellationToken stoppingToken)
    {
        var filter = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(_topics.Stored("+"), MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(_topics.Replay("+"), MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        var result = await BrokerConnection.InTimeAsync(token => session.Client.SubscribeAsync(filter, token), stoppingToken);
        var refused = result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2);
        if (refused is not null && _options.Confirm == Confirm.Stored)
        {
            throw new InvalidOperationException($"The broker lets us not subscribe {refused.TopicFilter.Topic} ({refused.ResultCode}), so no watermark can arrive; its access list must allow it to this user.");
        }

        await PublishAsync(session, _topics.State, State(online: true), retain: true, stoppingToken);
        foreach (var device in _plan.Devices)
        {
            await PublishAsync(session, _topics.Meta(device.Id), Meta(device), retain: true, stoppingToken);
        }
    }

    /// <summary>
    /// What was on its way when the last connection ended may have arrived: the historians heard before say first what they have, and
    /// that is not sent a second time.
    /// </summary>
    private async Task AwaitWatermarksAsync(long opened)
    {
        var awaited = _options.Confirm == Confirm.Stored ? _options.Historians.Where(name => Status.LastHeard(name) != 0).ToArray() : [];
        while (awaited.Any(name => Status.LastHeard(name) < opened) && _clock.GetElapsedTime(opened) < WatermarkTimeout)
        {
            await _wake.WaitAsync(RestInFlush, CancellationToken.None);
        }
    }

    private string TelemetryTopic(DevicePlan device) => _options.TelemetryTopic is { } template
        ? TopicTemplate.Fill(template, _plan.Group, _plan.Edge, device.Id, "")
        : _topics.Telemetry(device.Id);

    /// <summary>Telemetry, and beside it what people read, which ends with it.</summary>
    private async Task ServeAsync(BrokerSession session, CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var people = _people?.RunAsync(session.Client, session.PacketBytesMax, ending.Token) ?? Task.CompletedTask;
        try
        {
            await PumpAsync(session, stoppingToken);
        }
        finally
        {
            await ending.CancelAsync();
            await people;
        }
    }

    /// <summary>Sends what is due until the connection ends.</summary>
    private async Task PumpAsync(BrokerSession session, CancellationToken stoppingToken)
    {
        var window = new PublishWindow(Math.Min(_options.Window, session.ReceiveMax));
        var rooms = Rooms(session);
        var nextStream = 0;
        var headSent = 0L;
        var head = Task.CompletedTask;
        while (session.Client.IsConnected && !window.IsStuck && !stoppingToken.IsCancellationRequested)
        {
            // One head at a time, and the samples need not wait for its acknowledgement.
            var isHeadDue = headSent == 0 || _clock.GetElapsedTime(headSent) >= (_spool.Flush ? HeadEveryInFlush : HeadEvery);
            if (isHeadDue && head.IsCompleted && window.TryEnter())
            {
                await head;
                headSent = _clock.GetTimestamp();
                head = SendHeadAsync(session, window, stoppingToken);
            }

            if (!SendNext(session.Client, window, rooms, ref nextStream))
            {
                await _wake.WaitAsync(_spool.Flush ? RestInFlush : Rest, CancellationToken.None);
            }
        }

        await head.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendHeadAsync(BrokerSession session, PublishWindow window, CancellationToken stoppingToken)
    {
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(_spool.Head(), TelemetryJson.Default.HeadMessage);
            await PublishAsync(session, _topics.Head, body, retain: false, stoppingToken);
        }
        finally
        {
            window.Leave();
            Wake();
        }
    }

    /// <summary>Bytes for the payload of each stream's messages. Throws <see cref="BrokerException"/> when the broker takes not even one sample.</summary>
    private int[] Rooms(BrokerSession session)
    {
        var needed = TelemetryEncoder.BufferNeeded(1, _plan.TextBytesMax);
        foreach (var topic in _telemetryTopics)
        {
            PacketRoom.Require(session.PacketBytesMax, topic, needed, "");
        }

        return [.. _telemetryTopics.Select(topic => PacketRoom.PayloadMax(session.PacketBytesMax, topic))];
    }

    /// <summary>Takes the next message that is due from the streams in turn and sends it off, live ones of any stream first; false when there is none, or no room.</summary>
    private bool SendNext(IMqttClient client, PublishWindow window, int[] rooms, ref int nextStream)
    {
        if (!window.TryEnter())
        {
            return false;
        }

        if (!_free.TryTake(out var slot))
        {
            window.Leave();
            return false;
        }

        if (TrySend(client, window, rooms, slot, isLive: true, ref nextStream) || TrySend(client, window, rooms, slot, isLive: false, ref nextStream))
        {
            return true;
        }

        _free.Add(slot);
        window.Leave();
        return false;
    }

    private bool TrySend(IMqttClient client, PublishWindow window, int[] rooms, PublishSlot slot, bool isLive, ref int nextStream)
    {
        for (var tries = 0; tries < _spool.Streams.Count; tries++)
        {
            var index = nextStream;
            nextStream = (nextStream + 1) % _spool.Streams.Count;
            if (Volatile.Read(ref _pausedUntil[index]) > _clock.GetTimestamp())
            {
                continue;
            }

            var utcMillis = (ulong)_clock.GetUtcNow().ToUnixTimeMilliseconds();
            var monoNow = MonoClock.NowNanos();
            var stream = _spool.Streams[index];
            var room = slot.Buffer.AsSpan(0, Math.Min(slot.Buffer.Length, rooms[index]));
            var length = isLive
                ? stream.TakeLive(_terms, _spool.Flush, utcMillis, monoNow, room, _scratch, out var sent)
                : stream.TakeOlder(_terms, _spool.Flush, utcMillis, monoNow, room, _scratch, out sent);
            if (length > 0)
            {
                _ = SendAsync(client, window, index, slot, length, sent);
                return true;
            }
        }

        return false;
    }

    private async Task SendAsync(IMqttClient client, PublishWindow window, int index, PublishSlot slot, int length, SentRange sent)
    {
        var stream = _spool.Streams[index];
        var acknowledged = false;
        try
        {
            using var timeout = new CancellationTokenSource(PublishTimeout, _clock);
            var message = new MqttApplicationMessage
            {
                Topic = _telemetryTopics[index],
                PayloadSegment = new ArraySegment<byte>(slot.Buffer, 0, length),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            };
            var result = await client.PublishAsync(message, timeout.Token);
            acknowledged = result.IsSuccess;
            if (!acknowledged)
            {
                Pause(index, $"{result.ReasonCode} {result.ReasonString}".TrimEnd());
            }
        }
        catch (Exception cause)
        {
            // Whatever the reason, the broker may not have it: it goes back, and the connection, in doubt, begins anew.
            Status.LastError = cause.Message;
            window.IsStuck = true;
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
        window.Leave();
        Wake();
    }

    /// <summary>A stream that the broker refuses rests a while: the others go on, and nobody is flooded with what will be refused again.</summary>
    private void Pause(int index, string reason)
    {
        Volatile.Write(ref _pausedUntil[index], _clock.GetTimestamp() + (long)(BackoffMax.TotalSeconds * _clock.TimestampFrequency));
        Status.LastError = $"the broker refuses {_telemetryTopics[index]}: {reason}";
        if (!_wasRefusalTold)
        {
            _logger.PublishRefused(_id, _options.Url, _telemetryTopics[index], reason);
        }

        _wasRefusalTold = true;
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

            if (received.ApplicationMessage.Payload.Length > MessageBytesMax)
            {
                throw new JsonException($"It has {received.ApplicationMessage.Payload.Length} bytes; {MessageBytesMax} are the most that is read.");
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
    private async Task LeaveAsync(BrokerSession session)
    {
        using var timeout = new CancellationTokenSource(ReturnTimeout, _clock);
        try
        {
            await PublishAsync(session, _topics.State, State(online: false), retain: true, timeout.Token);
            await session.Client.DisconnectAsync(new MqttClientDisconnectOptions(), timeout.Token);
        }
        catch (Exception cause) when (cause is OperationCanceledException or MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException)
        {
            // The last will says the same.
        }
    }

    private static async Task PublishAsync(BrokerSession session, string topic, byte[] body, bool retain, CancellationToken cancellationToken)
    {
        PacketRoom.Require(session.PacketBytesMax, topic, body.Length, "");
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = body,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = retain,
        };
        await BrokerConnection.InTimeAsync(token => session.Client.PublishAsync(message, token), cancellationToken);
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

    private void TellConnected(BrokerSession session)
    {
        Status.IsConnected = true;
        Status.IsRefused = false;
        Status.LastError = "";
        Status.Version = session.VersionText;
        _wasTold = false;
        _logger.Connected(_id, _options.Url, session.VersionText, session.IsResumed ? "resumed" : "new");
        if (session.FallBack.Length > 0 && !_wasFallBackTold)
        {
            _logger.FellBack(_id, _options.Url, session.FallBack);
        }

        _wasFallBackTold = session.FallBack.Length > 0;
    }

    private void TellRefused(string reason)
    {
        Status.IsRefused = true;
        Status.LastError = reason;
        if (!_wasTold)
        {
            _logger.LoginRefused(_id, _options.Url, reason);
        }

        _wasTold = true;
    }

    private void TellUnreachable(string reason)
    {
        Status.IsRefused = false;
        reason = reason.EndsWith('.') || reason.EndsWith('?') ? reason : reason + ".";
        Status.LastError = reason;
        if (!_wasTold)
        {
            _logger.Unreachable(_id, _options.Url, reason);
        }

        _wasTold = true;
    }
}
