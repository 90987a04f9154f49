using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.OpcUa.Orders;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>
/// Watches and reads the variables of one OPC UA server, in one session, for all devices behind it. It keeps the session through a lost
/// link, so that the server keeps what changes meanwhile, and closes it on every way out.
/// </summary>
public sealed class OpcUaDriver : ILinkDriver, ICommandTarget
{
    public static readonly DriverKind Kind = new(
        "opcua",
        typeof(OpcUaOptions),
        device => ((OpcUaOptions)device).LinkKey,
        (first, second) => ((OpcUaOptions)first).QuarrelWith((OpcUaOptions)second),
        (devices, writer, statistics, surroundings) => new OpcUaDriver(devices, writer, statistics.OpcUa!, SessionsOf(devices, surroundings).Settings))
    {
        Patience = static device => PatienceOf((OpcUaOptions)device),
        RunsApart = false,
        Statistics = static (_, _) => new DriverStatistics { OpcUa = new OpcUaStatistics() },
    };

    /// <summary>One step waits no longer, so that a stop is seen well within a second.</summary>
    private const long WaitNanos = 50_000_000;

    /// <summary>Retries, freshness and numbers are looked after so often; the shortest limit of any of them is a second.</summary>
    private const long LookEveryNanos = 250_000_000;

    /// <summary>A number for people: ten thousand items are not gone through more often for it.</summary>
    private const long CountEveryNanos = 1_000_000_000;

    /// <summary>Clocks drift by milliseconds in a minute.</summary>
    private const long ClockEveryNanos = 60_000_000_000;

    /// <summary>A server that lives answers this within a round trip; one whose silence is suspect gets no longer.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>A stop has a second for everything.</summary>
    private static readonly TimeSpan CloseLimit = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _stop = new();
    private readonly Func<SessionSettings> _settings;
    private readonly OpcUaOptions _options;
    private readonly OpcUaPlan _plan;
    private readonly OpcUaLastValues _values;
    private readonly OpcUaFeed _feed;
    private readonly OpcUaOrders _orders;
    private Action? _whileConnecting;
    private SessionSettings? _present;
    private UaSession? _session;
    private UaSubscriptions<OpcUaSink>? _subscriptions;
    private OpcUaWatches? _watches;
    private OpcUaReads? _reads;
    private long _lookMonoNanos;
    private long _clockMonoNanos;
    private long _countMonoNanos;
    private long _silentUntilMonoNanos;
    private bool _isToLearn;

    internal OpcUaDriver(IReadOnlyList<DeviceBinding> devices, SampleWriter writer, OpcUaStatistics statistics, Func<SessionSettings> settings)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(writer);
        _options = (OpcUaOptions)devices[0].Options;
        _settings = settings;
        Statistics = statistics;
        _plan = OpcUaPlan.Build(devices);
        _values = new OpcUaLastValues(_plan.Signals, writer);
        _feed = new OpcUaFeed(_values, _plan.Items, Statistics, writer, _options.ClockTolerance);
        _orders = new OpcUaOrders(devices);
    }

    public OpcUaStatistics Statistics { get; }

    /// <inheritdoc/>
    public bool HasAnswered { get; private set; }

    /// <inheritdoc/>
    public bool IsOverdue { get; private set; }

    /// <inheritdoc/>
    public void Connect() => Connect(static () => { });

    /// <inheritdoc/>
    public void Connect(Action whileWaiting)
    {
        Disconnect();
        try
        {
            BeginAnewIfNothingLives();
            var session = _session ??= NewSession();
            _whileConnecting = whileWaiting;
            var start = session.Connect(_stop.Token);
            _whileConnecting = null;
            Statistics.CountConnect();
            _feed.Hear();
            Recover(session, start);
        }
        catch (UaException refused)
        {
            throw Lost(refused);
        }
        finally
        {
            _whileConnecting = null;
        }

        HasAnswered = true;
    }

    /// <inheritdoc/>
    public long Step(long monoNow)
    {
        var session = _session ?? throw new InvalidOperationException("The driver steps before it is connected.");
        try
        {
            Pump(session, Math.Min(monoNow + WaitNanos, _reads?.NextDueMonoNanos ?? long.MaxValue));
            var now = Math.Max(monoNow, MonoClock.NowNanos());
            _watches?.LookAfter(now);
            _reads?.ReadDue(now);
            if (now >= _lookMonoNanos)
            {
                _lookMonoNanos = now + LookEveryNanos;
                LookAround(session, now);
            }

            return now;
        }
        catch (UaException broken)
        {
            throw Lost(broken);
        }
    }

    /// <inheritdoc/>
    public OrderAnswer Execute(Order order, CommandPlan command) => _orders.Execute(_session, order, command);

    /// <inheritdoc/>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public bool Doubt(long monoNow) => _values.Doubt(Math.Min(monoNow, _feed.HeardMonoNanos));

    /// <inheritdoc/>
    public void Disconnect()
    {
        HasAnswered = false;
        IsOverdue = false;
        if (_stop.IsCancellationRequested)
        {
            _session?.Close(CloseLimit);
            return;
        }

        _session?.Drop();
    }

    public void Dispose()
    {
        _session?.Close(CloseLimit);
        EndSession();
        _stop.Dispose();
    }

    private static OpcUaSessions SessionsOf(IReadOnlyList<DeviceBinding> devices, DriverSurroundings surroundings) =>
        new((OpcUaOptions)devices[0].Options, [.. devices.Select(device => device.Plan.Id)], surroundings);

    private static LinkPatience PatienceOf(OpcUaOptions options) => new()
    {
        // Refused TCP tells that the server is being restarted: its first seconds are not to be missed.
        PauseMax = TimeSpan.FromSeconds(2),

        // Servers lock out who tries a wrong password again and again.
        PauseRefused = TimeSpan.FromSeconds(30),
        PauseLoginMax = TimeSpan.FromMinutes(10),
        Jitter = 0.2,
        Grace = options.Grace,
    };

    /// <summary>
    /// Without a session to go on with, because its time is over or because the server refused our certificate or user, these are read
    /// anew: perhaps a person has just mended them. What was watched is watched anew.
    /// </summary>
    private void BeginAnewIfNothingLives()
    {
        if (_session is not { HasSession: false } over)
        {
            return;
        }

        Note(over);
        Statistics.KeepPast();
        EndSession();
        _subscriptions = null;
        _watches = null;
        _feed.Watches.Clear();
        _reads = null;
        foreach (var item in _plan.Items)
        {
            item.Forget();
        }
    }

    private UaSession NewSession()
    {
        DisposeCertificates();
        _present = _settings();
        return new UaSession(_present with { Channel = _present.Channel with { WhileWaiting = () => _whileConnecting?.Invoke() } });
    }

    private void EndSession()
    {
        _session?.Dispose();
        _session = null;
        DisposeCertificates();
    }

    /// <summary>They were read for one session: while a server refuses us, that is a pair for each try.</summary>
    private void DisposeCertificates()
    {
        _present?.Certificate?.Dispose();
        (_present?.Identity as UserIdentity.UserCertificate)?.Certificate.Dispose();
        _present = null;
    }

    private void Recover(UaSession session, SessionStart start)
    {
        if (_subscriptions is null)
        {
            _subscriptions = new UaSubscriptions<OpcUaSink>(session, new OpcUaSink(_feed));
            _watches = new OpcUaWatches(session, _subscriptions, _plan, _feed, _values, Statistics, _options);
            _reads = new OpcUaReads(session, _plan, _feed, _options);
        }
        else
        {
            _subscriptions.Recover(start);
        }

        var known = Statistics.Namespaces;
        var isOtherSpace = known != OpcUaNamespaces.Unknown && !session.NamespaceUris.SequenceEqual(known.OfServer);
        _isToLearn |= isOtherSpace || start == SessionStart.Created;
        if (_isToLearn)
        {
            LearnTypesAnew(session);
            _isToLearn = false;
        }

        var now = MonoClock.NowNanos();
        if (isOtherSpace || known == OpcUaNamespaces.Unknown)
        {
            Statistics.Namespaces = OpcUaNamespaces.Compare(session.NamespaceUris, _plan);
        }

        _watches!.Recover(isOtherSpace, now);
        _reads!.Restart(now);
        _orders.Recover(session, now);
        _clockMonoNanos = now + ClockEveryNanos;
        _countMonoNanos = now;
        _silentUntilMonoNanos = long.MaxValue;
        Note(session);
    }

    /// <summary>Subscriptions that were handed over go on sending structures, so their types are learnt before anything else.</summary>
    private void LearnTypesAnew(UaSession session)
    {
        _feed.Structures.Forget();
        _feed.Structures.Learn(session, _plan.Items);
    }

    /// <summary>Until the time, or until nothing more comes; whoever sends without end does not hold us longer.</summary>
    private static void Pump(UaSession session, long untilMonoNanos)
    {
        while (session.Pump(untilMonoNanos) && MonoClock.NowNanos() < untilMonoNanos)
        {
            // The session hands each message to the feed.
        }
    }

    private void LookAround(UaSession session, long monoNow)
    {
        Watch(session, monoNow);
        _watches?.RetryRefused(monoNow);
        _orders.LookAgain(session, monoNow);
        _watches?.Refresh(monoNow);
        _values.SayUnsaid();
        if (monoNow >= _countMonoNanos)
        {
            _countMonoNanos = monoNow + CountEveryNanos;
            Statistics.SetBadItems(CountRefused());
        }

        if (monoNow >= _clockMonoNanos)
        {
            _clockMonoNanos = monoNow + ClockEveryNanos;
            session.AskForState();
        }

        Note(session);
    }

    /// <summary>
    /// A subscription that is silent for longer than it promised: is the server there at all? If it answers, it gets as long again before
    /// its subscriptions are made anew; if not, the link is lost.
    /// </summary>
    private void Watch(UaSession session, long monoNow)
    {
        if (_subscriptions is not { } subscriptions || !subscriptions.IsStale(monoNow))
        {
            IsOverdue = false;
            return;
        }

        if (!IsOverdue)
        {
            IsOverdue = true;
            _silentUntilMonoNanos = monoNow + Math.Max(_options.Groups.Values.Max(group => group.KeepAlive).Ticks, TimeSpan.TicksPerSecond) * 100;
            session.AskForState(ProbeTimeout);
            return;
        }

        if (monoNow >= _silentUntilMonoNanos)
        {
            _watches?.MakeAllAnew(monoNow);
            IsOverdue = false;
        }
    }

    private void Note(UaSession session)
    {
        var counters = session.Counters;
        Statistics.SetSessions(counters.SessionsCreated, counters.SessionsResumed, counters.CreateSessionsSent);
        Statistics.SetClock(session.ClockOffset.Nanos, session.ClockOffset.LastRoundTripNanos);
        if (_subscriptions is { } subscriptions)
        {
            Statistics.SetPublishes(subscriptions.Counters.Messages + subscriptions.Counters.KeepAlives, subscriptions.Counters.Republished);
        }
    }

    private int CountRefused()
    {
        var refused = 0;
        foreach (var item in _plan.Items)
        {
            refused += item.IsRefused ? 1 : 0;
        }

        return refused;
    }

    private LinkRefusal RefusalOf(uint status) =>
        _options.User?.Password is not null && OpcUaRefusal.IsOfLogin(status) ? LinkRefusal.Login
        : OpcUaRefusal.IsOfUs(status) ? LinkRefusal.Client
        : LinkRefusal.None;

    private LinkLostException Lost(UaException cause)
    {
        if (_session is { } session)
        {
            Note(session);
        }

        return new LinkLostException(cause.Message + OpcUaRefusal.Remedy(cause, _present?.Certificate), cause) { Refusal = RefusalOf(cause.Status) };
    }
}
