using System.Collections.Concurrent;
using System.Text.Json;
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
/// Publishes the spool to one broker, through its <see cref="TelemetryPump"/>, and takes the historians' watermarks and requests for
/// replay back. The one owner of its connection.
/// </summary>
public sealed class MqttSink : BackgroundService
{
    /// <summary>At the end of a connection, what is on its way has this long to come back: a stop takes under a second.</summary>
    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>Retained watermarks come with the subscription, in milliseconds; a historian that has none is not waited for longer.</summary>
    private static readonly TimeSpan WatermarkTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>A watermark is a line a stream and a few ranges; 1 MiB holds the largest that a cell can have.</summary>
    private const uint MessageBytesMax = 1 << 20;

    /// <summary>Messages that the broker may have on their way to us: a broker that floods us waits for itself.</summary>
    private const ushort ReceiveMax = 64;

    /// <summary>A store may need fifteen seconds until it is sure of a sample, and nodes that choose a leader ten.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StateLook = TimeSpan.FromSeconds(1);

    private readonly string _id;
    private readonly MqttSinkOptions _options;
    private readonly SpoolOutlet _outlet;
    private readonly CellPlan _plan;
    private readonly string _baseDirectory;
    private AuditMark? _auditTold;
    private readonly BrokerAddresses _addresses;
    private readonly TimeProvider _clock;
    private readonly ILogger<MqttSink> _logger;
    private readonly EdgeTopics _topics;
    private readonly EdgeIntroduction _introduction;
    private readonly SinkReporter _reporter;
    private readonly TelemetryPump _pump;
    private readonly PeopleTopics? _people;
    private readonly ConcurrentDictionary<string, bool> _retainedHeard = new();
    private readonly SilenceWatch _silence;
    private UInt128 _confirmed;
    private bool _isSilent;

    public MqttSink(
        string id, MqttSinkOptions options, TelemetrySpool spool, CellPlan plan, string baseDirectory, TimeProvider clock, ILogger<MqttSink> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(spool);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(clock);
        (_id, _options, _outlet, _plan, _baseDirectory, _clock, _logger) = (id, options, spool.OutletOf(id), plan, baseDirectory, clock, logger);
        _addresses = new BrokerAddresses(options);
        _silence = new SilenceWatch(clock, SilenceMax);
        _topics = new EdgeTopics(plan.Group, plan.Edge);
        _introduction = new EdgeIntroduction(plan, clock.GetUtcNow());
        _reporter = new SinkReporter(id, Status, logger) { Address = _addresses.Current };
        _pump = new TelemetryPump(options, spool, _outlet, plan, Status, _reporter, clock);
        _people = options.People is null ? null : new PeopleTopics(options.People, plan, clock);
        if (_people is not null)
        {
            spool.Add(_people.Tap);
        }
    }

    public string Id => _id;

    /// <summary>How far the audit of commands has come; it is part of the edge's state.</summary>
    public Func<AuditMark?> Audit { get; init; } = static () => null;

    /// <summary>How far it is with the spool.</summary>
    public SpoolOutlet Outlet => _outlet;

    public SinkStatus Status { get; } = new();

    /// <summary>The broker's address, of the node in use or last tried where it has several.</summary>
    public string Url => _reporter.Address;

    private string ClientId => $"ifedge-{_plan.Group}-{_plan.Edge}-{_id}";

    public override void Dispose()
    {
        base.Dispose();
        _pump.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Reconnection.KeepAsync(RunOnceAsync, _clock, stoppingToken);
    }

    /// <summary>One connection, from its opening to its end. Whatever happens is told once and never thrown.</summary>
    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        BrokerSession? session = null;
        try
        {
            _retainedHeard.Clear();
            _reporter.Address = _addresses.Next();
            session = await BrokerSession.OpenAsync(_options, Url, ClientId, _baseDirectory, _clock, Shape, OnMessageAsync, stoppingToken);
            await GreetAsync(session, stoppingToken);
            await AwaitWatermarksAsync();
            _reporter.Connected(session);
            _silence.Restart();
            _isSilent = false;
            await ServeAsync(session, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
            {
                await LeaveAsync(session);
                return;
            }

            if (!_isSilent)
            {
                _reporter.Lost();
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // However the library calls it: we were told to stop, and the last will says the rest.
        }
        catch (BrokerException cause) when (cause.IsRefusal)
        {
            _reporter.Refused(cause.Message);
        }
        catch (MQTTnet.Exceptions.MqttCommunicationException cause)
        {
            _reporter.Unreachable((cause.InnerException ?? cause).Message);
        }
        catch (Exception cause) when (cause is BrokerException or OperationCanceledException or InvalidOperationException or TimeoutException)
        {
            _reporter.Unreachable(cause.Message);
        }
        catch (Exception cause)
        {
            // The connection begins anew; the spool keeps everything.
            _reporter.Unexpected(cause);
        }
        finally
        {
            // Cuts the connection: what was on its way comes back.
            session?.Dispose();
            await _pump.ReturnedAsync(ReturnTimeout);
            Status.IsConnected = false;
        }
    }

    /// <summary>
    /// The will; and with version 5 a session that outlives the connection for a while, so that what historians ask meanwhile waits for
    /// us. A session of 3.1.1 has no end, so it is not asked for there.
    /// </summary>
    private MqttClientOptionsBuilder Shape(MqttClientOptionsBuilder builder, MqttProtocolVersion version)
    {
        builder = builder
            .WithWillTopic(_topics.State)
            .WithWillPayload(_introduction.State(online: false, Audit()))
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain();
        return version == MqttProtocolVersion.V500
            ? builder
                .WithCleanStart(_options.SessionExpiry == TimeSpan.Zero)
                .WithSessionExpiryInterval((uint)_options.SessionExpiry.TotalSeconds)
                .WithReceiveMaximum(ReceiveMax)
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

        await TellStateAsync(session, stoppingToken);
        foreach (var device in _plan.Devices)
        {
            await RetainAsync(session, _topics.Meta(device.Id), _introduction.Meta(device), stoppingToken);
        }
    }

    private async Task TellStateAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        _auditTold = Audit();
        await RetainAsync(session, _topics.State, _introduction.State(online: true, _auditTold), cancellationToken);
    }

    private async Task RetainAsync(BrokerSession session, string topic, byte[] body, CancellationToken cancellationToken) =>
        _reporter.Answered(topic, await session.PublishAsync(topic, body, retain: true, cancellationToken));

    /// <summary>
    /// What was on its way when the last connection ended may have arrived: the historians heard before say first what they have, and
    /// that is not sent a second time.
    /// </summary>
    private async Task AwaitWatermarksAsync()
    {
        var since = _clock.GetTimestamp();
        var awaited = _options.Confirm == Confirm.Stored ? _options.Historians.Where(name => Status.LastHeard(name) != 0).ToArray() : [];
        while (!awaited.All(_retainedHeard.ContainsKey) && _clock.GetElapsedTime(since) < WatermarkTimeout)
        {
            await _pump.RestAsync();
        }
    }

    /// <summary>Telemetry, and beside it what people read, which ends with it.</summary>
    private async Task ServeAsync(BrokerSession session, CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var people = ServePeopleAsync(session, ending.Token);
        var state = ServeStateAsync(session, ending.Token);
        try
        {
            await _pump.RunAsync(session, stoppingToken);
        }
        finally
        {
            await ending.CancelAsync();
            await people;
            await state;
        }
    }

    /// <summary>Whatever happens to it, the telemetry goes on.</summary>
    private async Task ServePeopleAsync(BrokerSession session, CancellationToken ending)
    {
        try
        {
            await (_people?.RunAsync(session.Client, session.PacketBytesMax, ending) ?? Task.CompletedTask);
        }
        catch (Exception cause)
        {
            _logger.PeopleEnded(cause, _id);
        }
    }

    /// <summary>Tells the audit's new last line, now and then; who commands all day makes no flood of it. Ends a connection on which the watermarks stay away.</summary>
    private async Task ServeStateAsync(BrokerSession session, CancellationToken ending)
    {
        using var timer = new PeriodicTimer(StateLook, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ending))
            {
                if (Audit() != _auditTold)
                {
                    await TellStateAsync(session, ending);
                }

                if (IsSilent())
                {
                    _isSilent = true;
                    _reporter.NothingConfirmed();
                    await session.Client.DisconnectAsync(new MqttClientDisconnectOptions(), ending);
                    return;
                }
            }
        }
        catch (Exception cause) when (cause is OperationCanceledException or MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException or BrokerException)
        {
            // The connection ends, and the next one begins with the state.
        }
    }

    /// <summary>
    /// Samples wait for watermarks, and none has moved on for long. Whether watermarks are not heard, or a historian's requests for what it lacks: both
    /// come anew with a connection, and the retained watermarks at once.
    /// </summary>
    private bool IsSilent()
    {
        var confirmed = _outlet.Confirmed;
        if (confirmed != _confirmed)
        {
            _silence.Heard();
        }
        else if (_options.Confirm != Confirm.Stored || _outlet.Pending == 0)
        {
            _silence.Restart();
        }

        _confirmed = confirmed;
        return _silence.IsOver();
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var message = received.ApplicationMessage;
        try
        {
            if (EdgeTopics.TryParse(message.Topic, out _, out _, out var rest))
            {
                Hear(rest, message);
                _pump.Wake();
            }
        }
        catch (JsonException cause)
        {
            _logger.BadMessage(_id, message.Topic, TelemetryFault.Of(cause));
        }

        return Task.CompletedTask;
    }

    private void Hear(string topic, MqttApplicationMessage message)
    {
        if (message.Payload.Length > MessageBytesMax)
        {
            throw new JsonException($"It has {message.Payload.Length} bytes; {MessageBytesMax} are the most that is read.");
        }

        var reader = new Utf8JsonReader(message.Payload);
        if (topic.StartsWith("stored/", StringComparison.Ordinal))
        {
            var stored = JsonSerializer.Deserialize(ref reader, TelemetryJson.Default.StoredMessage) ?? throw new JsonException("It is null.");
            HearStored(topic["stored/".Length..], stored, message.Retain);
        }
        else if (topic.StartsWith("replay/", StringComparison.Ordinal))
        {
            var replay = JsonSerializer.Deserialize(ref reader, TelemetryJson.Default.ReplayMessage) ?? throw new JsonException("It is null.");
            _outlet.RequestReplay(topic["replay/".Length..], replay);
        }
    }

    /// <summary>The retained one is the newest; before it, a resumed session brings those that were missed, oldest first.</summary>
    private void HearStored(string historian, StoredMessage message, bool isRetained)
    {
        Status.Hear(historian, _clock.GetTimestamp());
        _outlet.ApplyStored(historian, message);
        if (isRetained)
        {
            _retainedHeard[historian] = true;
        }
    }

    /// <summary>An orderly stop: the state says so, the broker is told, and none of it may take long.</summary>
    private async Task LeaveAsync(BrokerSession session)
    {
        using var timeout = new CancellationTokenSource(ReturnTimeout, _clock);
        try
        {
            await RetainAsync(session, _topics.State, _introduction.State(online: false, Audit()), timeout.Token);
            await session.Client.DisconnectAsync(new MqttClientDisconnectOptions(), timeout.Token);
        }
        catch (Exception cause) when (cause is OperationCanceledException or MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException or BrokerException)
        {
            // The last will says the same.
        }
    }
}
