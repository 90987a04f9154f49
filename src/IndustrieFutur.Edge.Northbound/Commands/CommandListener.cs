using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound.Mqtt;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>
/// Hears requests for commands at the broker of one sink, over a connection of its own, so that telemetry and commands never wait for each other.
/// It looks at their form and asks; it decides nothing. The one owner of its connection.
/// </summary>
public sealed class CommandListener : BackgroundService
{
    /// <summary>Requests in work: a cell has a handful of people, and each device does one thing at a time.</summary>
    private const int InWorkMax = 16;

    /// <summary>Messages looked at in a second: more than people and their screens ever send, and a fraction of a core.</summary>
    private const int PerSecond = 200;

    /// <summary>Of one user: whose screen publishes in a circle takes a quarter of that, and another's stop still comes through.</summary>
    private const int PerUser = 50;

    /// <summary>Messages that the broker may have on their way to us: a broker that floods us waits for itself.</summary>
    private const ushort ReceiveMax = 16;

    /// <summary>A body of 4 KB, and as much for topics and properties.</summary>
    private const uint PacketBytesMax = 8 * 1024;

    /// <summary>At the end, answers that are just coming have this long: a stop takes under a second.</summary>
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>How soon a lost connection is seen.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly string _id;
    private readonly MqttSinkOptions _options;
    private readonly CellPlan _plan;
    private readonly ICommandService _service;
    private readonly string _baseDirectory;
    private readonly BrokerAddresses _addresses;
    private readonly TimeProvider _clock;
    private readonly ILogger<CommandListener> _logger;
    private readonly EdgeTopics _topics;
    private readonly RequestForm _form;
    private readonly UserRates _rates;
    private readonly AnswerPost _post;
    private readonly RareWord _malformed;
    private readonly RareWord _dropped;
    private readonly CancellationTokenSource _ending = new();
    private int _inWork;
    private bool _wasTold;

    /// <param name="id">The sink's id in the configuration.</param>
    /// <param name="options">Its broker.</param>
    /// <param name="plan">What the cell is made of.</param>
    /// <param name="service">Decides on what comes.</param>
    /// <param name="baseDirectory">What relative file names are relative to.</param>
    /// <param name="clock">The time of day, and of waits.</param>
    /// <param name="logger">Told of changes of state.</param>
    public CommandListener(
        string id, MqttSinkOptions options, CellPlan plan, ICommandService service, string baseDirectory, TimeProvider clock, ILogger<CommandListener> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(plan);
        (_id, _options, _plan, _service, _baseDirectory, _clock, _logger) = (id, options, plan, service, baseDirectory, clock, logger);
        _addresses = new BrokerAddresses(options);
        _topics = new EdgeTopics(plan.Group, plan.Edge);
        _form = new RequestForm(id, plan, clock);
        _rates = new UserRates(PerSecond, PerUser, clock);
        _post = new AnswerPost(id, Status, clock, logger);
        (_malformed, _dropped) = (new RareWord(clock), new RareWord(clock));
    }

    public string Id => _id;

    public ListenerStatus Status { get; } = new();

    /// <summary>The broker's address, of the node in use or last tried where it has several.</summary>
    public string Url => _addresses.Current;

    /// <summary>A sink's id has no colon, so no other client of ours has this name.</summary>
    private string ClientId => $"ifedge-{_plan.Group}-{_plan.Edge}-{_id}:commands";

    public override void Dispose()
    {
        base.Dispose();
        _ending.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var posting = _post.RunAsync(_ending.Token);
        await Reconnection.KeepAsync(RunOnceAsync, _clock, stoppingToken);

        await _ending.CancelAsync();
        await posting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>One connection, from its opening to its end. Whatever happens is told once and never thrown.</summary>
    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        BrokerSession? session = null;
        try
        {
            session = await BrokerSession.OpenAsync(_options, _addresses.Next(), ClientId, _baseDirectory, _clock, Shape, OnMessageAsync, stoppingToken);
            _post.Lane = new AnswerLane(session, InWorkMax + 1);
            await SubscribeAsync(session, stoppingToken);
            TellConnected(session);
            await UntilLostAsync(session, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
            {
                await LeaveAsync(session);
                return;
            }

            Status.LastError = "connection lost";
            _logger.CommandsLost(_id, Url);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // However the library calls it: we were told to stop.
        }
        catch (Exception cause) when (cause is BrokerException or MqttCommunicationException or OperationCanceledException or InvalidOperationException or TimeoutException)
        {
            TellUnreachable((cause as MqttCommunicationException)?.InnerException?.Message ?? cause.Message);
        }
        catch (Exception cause)
        {
            Status.LastError = cause.Message;
            _logger.CommandsUnexpected(cause, _id);
        }
        finally
        {
            _post.Lane = null;
            session?.Dispose();
            Status.IsConnected = false;
        }
    }

    /// <summary>Nothing waits at the broker for a door that is away: a command of a minute ago is none.</summary>
    private static MqttClientOptionsBuilder Shape(MqttClientOptionsBuilder builder, MqttProtocolVersion version) => version == MqttProtocolVersion.V500
        ? builder.WithCleanStart().WithSessionExpiryInterval(0).WithReceiveMaximum(ReceiveMax).WithMaximumPacketSize(PacketBytesMax)
        : builder.WithCleanSession();

    private async Task SubscribeAsync(BrokerSession session, CancellationToken stoppingToken)
    {
        // With version 5 no retained request comes at all, and one that is published while we listen shows that it is one; 3.1.1 shows only the former.
        var filter = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(topic => _ = session.Version == MqttProtocolVersion.V500
                ? topic.WithTopic(_topics.Commands).WithAtLeastOnceQoS().WithRetainHandling(MqttRetainHandling.DoNotSendOnSubscribe).WithRetainAsPublished()
                : topic.WithTopic(_topics.Commands).WithAtLeastOnceQoS())
            .Build();
        var result = await BrokerConnection.InTimeAsync(token => session.Client.SubscribeAsync(filter, token), stoppingToken);
        if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            throw new InvalidOperationException($"The broker lets us not subscribe {refused.TopicFilter.Topic} ({refused.ResultCode}); its access list must allow it to this user.");
        }
    }

    private async Task UntilLostAsync(BrokerSession session, CancellationToken stoppingToken)
    {
        while (session.Client.IsConnected && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Hears no more, and lets the answers out that are just coming.</summary>
    private async Task LeaveAsync(BrokerSession session)
    {
        using var timeout = new CancellationTokenSource(LeaveTimeout, _clock);
        try
        {
            await session.Client.UnsubscribeAsync(new MqttClientUnsubscribeOptionsBuilder().WithTopicFilter(_topics.Commands).Build(), timeout.Token);
            while (Volatile.Read(ref _inWork) > 0 && !timeout.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), _clock, timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await session.Client.DisconnectAsync(new MqttClientDisconnectOptions(), timeout.Token);
        }
        catch (Exception cause) when (cause is OperationCanceledException or MqttCommunicationException or InvalidOperationException)
        {
            // The connection went meanwhile, or the time is over.
        }
    }

    /// <summary>On the receiving thread: it waits for nothing, so that what comes too fast is dropped here and heaps up nowhere.</summary>
    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        if (!_rates.TryPass(received.ApplicationMessage.Topic))
        {
            Status.CountDropped();
            if (_dropped.IsDue(out var untold))
            {
                _logger.RequestsDropped(_id, PerSecond, PerUser, Printable(received.ApplicationMessage.Topic), untold);
            }

            return Task.CompletedTask;
        }

        Status.CountRequest();
        var request = _form.Read(received.ApplicationMessage);
        if (request.Command is not { } command)
        {
            Refuse(request, received.ApplicationMessage.Topic);
        }
        else if (Interlocked.Increment(ref _inWork) > InWorkMax)
        {
            Interlocked.Decrement(ref _inWork);
            var answer = RequestForm.Crowded(command);
            Status.Count(answer);
            _post.Post(request.Reply, answer);
        }
        else
        {
            // Not here: to decide may need the disk.
            _ = Task.Run(() => AskAsync(command, request.Reply));
        }

        return Task.CompletedTask;
    }

    private void Refuse(FormedRequest request, string topic)
    {
        var answer = request.Refusal!;
        Status.Count(answer);
        if (_malformed.IsDue(out var untold))
        {
            _logger.RequestRefused(_id, Printable(topic), answer.Text.En, untold);
        }

        _post.Post(request.Reply, answer);
    }

    /// <summary>One request in work, to its answer. Whatever becomes of the connection, the command goes its way.</summary>
    private async Task AskAsync(RemoteCommand command, ReplyAddress? reply)
    {
        try
        {
            var answer = await AnswerAsync(command);
            Status.Count(answer);
            await _post.SendAsync(reply, answer, _ending.Token);
        }
        catch (ObjectDisposedException)
        {
            // The edge has stopped: the outcome stands in the audit.
        }
        finally
        {
            Interlocked.Decrement(ref _inWork);
        }
    }

    private async Task<RemoteAnswer> AnswerAsync(RemoteCommand command)
    {
        try
        {
            return await _service.AskAsync(command, CancellationToken.None);
        }
        catch (Exception cause)
        {
            // Not foreseen: what is not known to be refused is not called so.
            _logger.RequestFailed(cause, _id, command.Id);
            return new RemoteAnswer
            {
                Id = command.Id,
                Command = command.Command,
                Outcome = RemoteAnswer.Unknown,
                Text = new RemoteText("Erreur interne : l'issue est inconnue ; regardez la machine et l'audit.", "An internal error: the outcome is unknown; look at the machine and at the audit."),
            };
        }
    }

    private void TellConnected(BrokerSession session)
    {
        Status.IsConnected = true;
        Status.LastError = "";
        Status.Version = session.VersionText;
        _wasTold = false;
        _logger.CommandsHeard(_id, Url, session.VersionText);
    }

    private void TellUnreachable(string reason)
    {
        Status.LastError = reason.EndsWith('.') || reason.EndsWith('?') ? reason : reason + ".";
        if (!_wasTold)
        {
            _logger.CommandsUnreachable(_id, Url, Status.LastError);
        }

        _wasTold = true;
    }

    /// <summary>What a stranger sent, fit for a line of a log.</summary>
    private static string Printable(string text) => string.Concat(text.Take(200).Select(one => char.IsControl(one) ? '?' : one));
}
