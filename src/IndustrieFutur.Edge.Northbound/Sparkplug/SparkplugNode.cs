using System.Buffers;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound.Mqtt;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Sparkplug;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>
/// This edge as a Sparkplug B edge node at one broker: opens a clean MQTT session with the death as its will, subscribes, and then
/// publishes what its <see cref="EdgeNodeSession"/> has to say. The one owner of its connection.
/// </summary>
public sealed class SparkplugNode : BackgroundService
{
    /// <summary>How long the loop rests when nothing wakes it: a link that is lost is told within this.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A stop takes under a second, whatever the broker does.</summary>
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>Where there are several servers: a host that is not online at this one within ten seconds may be at the next (Sparkplug 3.0, 5.4).</summary>
    private static readonly TimeSpan HostPatience = TimeSpan.FromSeconds(10);

    /// <summary>A command is a few metrics, a STATE two fields: nothing larger is looked at.</summary>
    private const int CommandBytesMax = 64 * 1024;

    private readonly string _id;
    private readonly SparkplugSinkOptions _options;
    private readonly CellPlan _plan;
    private readonly string _baseDirectory;
    private readonly BrokerAddresses _addresses;
    private readonly TimeProvider _clock;
    private readonly ILogger<SparkplugNode> _logger;
    private readonly SparkplugTopics _topics;
    private readonly DeviceQueue[] _queues;
    private readonly EdgeNodeSession _session;
    private readonly HostCommands _commands;
    private readonly BirthDeathNumber _number;
    private readonly RareWord _hostIgnored;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly byte[] _buffer;
    private readonly string _hostTopic;
    private HostWord _hostTold = HostWord.Unreadable;
    private bool _wasTold;
    private bool _wasNumberTold;
    private bool _wasFallBackTold;
    private bool _isSeekingHost;
    private long _packetBytesMax;

    /// <param name="id">The sink's id in the configuration.</param>
    /// <param name="options">The sink as configured.</param>
    /// <param name="plan">What the cell is made of.</param>
    /// <param name="links">Tells which devices can be reached.</param>
    /// <param name="door">Decides on orders of hosts.</param>
    /// <param name="dataDirectory">Keeps bdSeq over a restart.</param>
    /// <param name="baseDirectory">What relative file names are relative to.</param>
    /// <param name="clock">The time of day, and of waits.</param>
    /// <param name="logger">Told of changes of state.</param>
    public SparkplugNode(
        string id, SparkplugSinkOptions options, CellPlan plan, IDeviceLinks links, ICommandDoor door,
        string dataDirectory, string baseDirectory, TimeProvider clock, ILogger<SparkplugNode> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(plan);
        (_id, _options, _plan, _baseDirectory, _clock, _logger) = (id, options, plan, baseDirectory, clock, logger);
        _addresses = new BrokerAddresses(options);
        _topics = new SparkplugTopics(options.GroupId ?? plan.Group, options.EdgeNodeId ?? plan.Edge);
        _hostTopic = options.PrimaryHost is { } host ? SparkplugTopics.HostState(host) : "";
        var terms = new SparkplugTerms(options.BatchMax, options.BatchEvery.Ticks * TimeSpan.NanosecondsPerTick, options.HistoryRate);
        _queues = [.. plan.Devices.Where(device => device.Signals.Count > 0).Select(device => new DeviceQueue(device, plan.Signals.Count, options.SamplesPerDevice, terms))];
        _session = new EdgeNodeSession(_topics, _queues, links, options.PrimaryHost, options.HistoryRate);
        _commands = new HostCommands(id, _topics, _queues, _session, door, clock, logger);
        _number = new BirthDeathNumber(Path.Combine(dataDirectory, $"sparkplug-{id}.bdseq"));
        _hostIgnored = new RareWord(clock);
        _buffer = new byte[_session.BufferNeeded];
        Tap = new QueueTap(plan, _queues);
    }

    public SinkStatus Status { get; } = new();

    public string Id => _id;

    /// <summary>The broker's address, of the node in use or last tried where it has several.</summary>
    public string Url => _addresses.Current;

    /// <summary>Where the accepted samples are to be handed to.</summary>
    public ISampleTap Tap { get; }

    /// <summary>Hosts know it: connected, the primary host there, births published.</summary>
    public bool IsBorn => Status.IsConnected && _session.IsBorn;

    /// <summary>Missed samples that are still to be sent.</summary>
    public long History => _queues.Sum(queue => queue.History);

    /// <summary>Samples that no host will get, because too many waited.</summary>
    public long Dropped => _queues.Sum(queue => queue.Dropped);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Reconnection.KeepAsync(RunOnceAsync, _clock, stoppingToken);
    }

    /// <summary>One MQTT session, from its CONNECT to its end. Whatever happens is told once and never thrown.</summary>
    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        BrokerSession? link = null;
        _addresses.Next();
        try
        {
            // The will cannot be changed later: its number is new before each CONNECT, that of a fall back to 3.1.1 included.
            byte bdSeq = 0;
            MqttClientOptionsBuilder Shape(MqttClientOptionsBuilder builder, MqttProtocolVersion version) => WithWill(builder, bdSeq = NextNumber());
            link = await BrokerSession.OpenAsync(_options, Url, ClientId, _baseDirectory, _clock, Shape, OnMessageAsync, stoppingToken);
            _packetBytesMax = link.PacketBytesMax;
            _session.Begin(bdSeq, Url);
            await SubscribeAsync(link.Client, stoppingToken);
            TellConnected(bdSeq, link);
            await PumpAsync(link.Client, stoppingToken);
            if (stoppingToken.IsCancellationRequested || _session.HasLeft || _isSeekingHost)
            {
                await LeaveAsync(link);
                return;
            }

            Status.LastError = "connection lost";
            _logger.NodeLost(_id, _addresses.Current);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // However the library calls it: we were told to stop, and the will says the rest.
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
            // Not foreseen: told with its trace, and the session begins anew; the queues keep what they hold.
            Status.LastError = cause.Message;
            _logger.NodeUnexpected(cause, _id);
        }
        finally
        {
            link?.Dispose();
            if (!_session.HasLeft)
            {
                _session.Lose(MonoClock.NowNanos());
            }

            Status.IsConnected = false;
        }
    }

    private byte NextNumber()
    {
        var number = _number.Next();
        if (_number.Trouble.Length > 0 && !_wasNumberTold)
        {
            _logger.BdSeqNotKept(_id, _number.Trouble);
        }

        _wasNumberTold = _number.Trouble.Length > 0;
        return number;
    }

    private string ClientId => $"ifedge-{_plan.Group}-{_plan.Edge}-{_id}";

    /// <summary>The session is clean and ends with its connection (Sparkplug 3.0, 5.2: Clean Start true, Session Expiry Interval 0).</summary>
    private MqttClientOptionsBuilder WithWill(MqttClientOptionsBuilder builder, byte bdSeq) =>
        builder.WithWillTopic(_topics.NodeDeath)
            .WithWillPayload(EdgeNodeSession.Death(bdSeq, UtcMillis()))
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain(false);

    /// <summary>All of it before the birth, so that nothing a host says of it is missed (Sparkplug 3.0, 5.4).</summary>
    private async Task SubscribeAsync(IMqttClient client, CancellationToken stoppingToken)
    {
        var filter = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(_topics.NodeCommand, MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(_topics.DeviceCommands, MqttQualityOfServiceLevel.AtLeastOnce);
        if (_hostTopic.Length > 0)
        {
            filter = filter.WithTopicFilter(_hostTopic, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        var result = await BrokerConnection.InTimeAsync(token => client.SubscribeAsync(filter.Build(), token), stoppingToken);
        if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            throw new InvalidOperationException($"The broker lets us not subscribe {refused.TopicFilter.Topic} ({refused.ResultCode}); its access list must allow it to this user.");
        }
    }

    /// <summary>Publishes what is due until the connection ends, the session has said its last word, or the host is to be sought elsewhere.</summary>
    private async Task PumpAsync(IMqttClient client, CancellationToken stoppingToken)
    {
        var since = _clock.GetTimestamp();
        while (client.IsConnected && !stoppingToken.IsCancellationRequested && !_session.HasLeft)
        {
            _isSeekingHost = _session.IsWaiting && _addresses.All.Count > 1 && _clock.GetElapsedTime(since) > HostPatience;
            if (_isSeekingHost)
            {
                return;
            }

            if (!await PublishNextAsync(client, AnswerTimeout))
            {
                await _wake.WaitAsync(Rest, CancellationToken.None);
            }
        }
    }

    private async Task<bool> PublishNextAsync(IMqttClient client, TimeSpan patience)
    {
        if (!_session.TryNext(UtcMillis(), MonoClock.NowNanos(), _buffer, out var due))
        {
            return false;
        }

        PacketRoom.Require(_packetBytesMax, due.Topic, due.Length, ", or lower \"batchMax\"");
        var message = new MqttApplicationMessage
        {
            Topic = due.Topic,
            PayloadSegment = new ArraySegment<byte>(_buffer, 0, due.Length),
            QualityOfServiceLevel = due.IsNodeDeath ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce,
        };
        using var limit = new CancellationTokenSource(patience, _clock);
        await client.PublishAsync(message, limit.Token);
        Status.CountAcknowledged();
        return true;
    }

    /// <summary>
    /// An orderly end: the death as a message, then DISCONNECT (Sparkplug 3.0, 5.5); with version 5 the one that lets the will go as well,
    /// which says the same of the same bdSeq (6.4.25).
    /// </summary>
    private async Task LeaveAsync(BrokerSession link)
    {
        var wasBorn = !_session.IsWaiting;
        _session.Leave();
        try
        {
            await PublishNextAsync(link.Client, LeaveTimeout);
            using var limit = new CancellationTokenSource(LeaveTimeout, _clock);
            var last = new MqttClientDisconnectOptions();
            if (wasBorn && link.Version == MqttProtocolVersion.V500)
            {
                last.Reason = MqttClientDisconnectOptionsReason.DisconnectWithWillMessage;
            }

            await link.Client.DisconnectAsync(last, limit.Token);
        }
        catch (Exception cause) when (cause is OperationCanceledException or MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException)
        {
            // The connection went meanwhile: the will says the same.
        }
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var (topic, payload) = (received.ApplicationMessage.Topic, received.ApplicationMessage.Payload);
        if (payload.Length > CommandBytesMax)
        {
            _commands.Ignore(topic, $"it has {payload.Length} bytes; {CommandBytesMax} are the most that is looked at.");
        }
        else if (topic == _hostTopic)
        {
            TellHost(_session.HearHost(payload.ToArray(), MonoClock.NowNanos()), _options.PrimaryHost!);
        }
        else if (received.ApplicationMessage.Retain)
        {
            _commands.Ignore(topic, "it is retained, so it may be of any age; a host must send commands without that.");
        }
        else
        {
            _commands.Hear(topic, payload.ToArray());
        }

        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }

        return Task.CompletedTask;
    }

    private ulong UtcMillis() => (ulong)_clock.GetUtcNow().ToUnixTimeMilliseconds();

    private void TellHost(HostWord word, string host)
    {
        if (word is HostWord.Online or HostWord.Offline)
        {
            if (word != _hostTold && word == HostWord.Online)
            {
                _logger.HostOnline(_id, host);
            }
            else if (word != _hostTold)
            {
                _logger.HostOffline(_id, host);
            }

            _hostTold = word;
        }
        else if (_hostIgnored.IsDue(out var untold))
        {
            var reason = word == HostWord.Old
                ? "its timestamp is older than that of the last one. If it comes from the host itself, look at the host's clock."
                : "it is not the JSON of Sparkplug 3.0, {\"online\":true,\"timestamp\":...}; is the host one of version 2.2?";
            _logger.HostIgnored(_id, host, reason, untold);
        }
    }

    private void TellConnected(byte bdSeq, BrokerSession link)
    {
        Status.IsConnected = true;
        Status.IsRefused = false;
        Status.LastError = "";
        Status.Version = link.VersionText;
        _wasTold = false;
        if (link.FallBack.Length > 0 && !_wasFallBackTold)
        {
            _logger.FellBack(_id, _addresses.Current, link.FallBack);
        }

        _wasFallBackTold = link.FallBack.Length > 0;
        if (!_isSeekingHost)
        {
            // From server to server each ten seconds: told by the host's coming, not by each step.
            _logger.NodeConnected(_id, _addresses.Current, _topics.NodeBirth, bdSeq);
        }
    }

    private void TellRefused(string reason)
    {
        Status.IsRefused = true;
        Status.LastError = reason;
        if (!_wasTold)
        {
            _logger.NodeRefused(_id, _addresses.Current, reason);
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
            _logger.NodeUnreachable(_id, _addresses.Current, reason);
        }

        _wasTold = true;
    }
}
