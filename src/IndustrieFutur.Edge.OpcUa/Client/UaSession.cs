using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// One session with one server, over one channel after the other. The thread that owns it does everything with it: it connects, asks,
/// receives and reconnects. There is never more than one session of ours on the server: after a lost link the old one is resumed, or
/// closed before a new one is made.
/// </summary>
public sealed partial class UaSession : IDisposable
{
    /// <summary>How long <see cref="Dispose"/> waits for the server to confirm the end.</summary>
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);

    /// <summary>A session is asked after so many times within its timeout when nothing else is sent.</summary>
    private const int KeepAlivesPerTimeout = 3;

    private readonly SessionSettings _settings;
    private readonly BatchSizes _sizes = new();
    private readonly Batches _batches;
    private RequestDesk? _desk;
    private SessionHandle? _session;
    private CancellationToken _stop;
    private string[] _namespaceUris = [];
    private long _renewalsBefore;

    public UaSession(SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        _settings = settings;
        _batches = new Batches(_sizes, Counters, () => IsConnected);
    }

    public SessionCounters Counters { get; } = new();

    /// <summary>What went over the present channel, and how often its keys were renewed; null while there is none.</summary>
    public ChannelCounters? ChannelCounters => _desk?.ChannelCounters;

    /// <summary>The server's clock against ours.</summary>
    public ClockOffset ClockOffset { get; } = new();

    /// <summary>Of this session: read again at each connection.</summary>
    public IReadOnlyList<string> NamespaceUris => _namespaceUris;

    public ServerLimits Limits { get; private set; } = ServerLimits.Unknown;

    /// <summary>What the server said of itself when it was last asked.</summary>
    public ServerState ServerState { get; private set; } = ServerState.Unknown;

    /// <summary>The one that the channel goes to; null before the first connection.</summary>
    public EndpointDescription? ChosenEndpoint { get; private set; }

    /// <summary>The channel is open. Whether the server still answers is another matter.</summary>
    public bool IsConnected => _desk is { IsBroken: false };

    /// <summary>How often the tokens of this session's channels were renewed.</summary>
    public long ChannelRenewals => _renewalsBefore + (_desk?.Renewals ?? 0);

    /// <summary>
    /// A session of ours may still be alive on the server, connected or not. Turns false when it has been without a connection for longer
    /// than the server keeps it, and when the server lets our certificate open no channel: with another one it could not be resumed.
    /// </summary>
    public bool HasSession => _session is { } session && (_desk is not null || !session.IsOver(MonoTime.NowNanos()));

    internal SessionSettings Settings => _settings;

    internal BatchSizes Sizes => _sizes;

    internal Batches Batches => _batches;

    internal bool IsClosing { get; private set; }

    /// <summary>Whoever keeps subscriptions on this session.</summary>
    internal IAfterMessage? Subscriptions { get; private set; }

    /// <summary>
    /// Asks, and pumps what arrives until the answer is there. Throws the service's fault as <see cref="UaException"/>; after a timeout
    /// the answer is dropped when it comes.
    /// </summary>
    public TResponse Invoke<TResponse>(IUaRequest<TResponse> request, TimeSpan? timeout = null)
        where TResponse : class, IUaResponse<TResponse>
    {
        ArgumentNullException.ThrowIfNull(request);
        return Desk().Invoke(request, timeout ?? _settings.Channel.RequestTimeout, _stop, Observe);
    }

    /// <summary>Receives and hands on one message at most; false at the deadline.</summary>
    public bool Pump(long untilMonoNanos)
    {
        var desk = Desk();
        Subscriptions?.BeforeWait(MonoTime.NowNanos());
        var keepAliveAtNanos = desk.LastSentMonoNanos + KeepAliveNanos;
        if (keepAliveAtNanos <= MonoTime.NowNanos())
        {
            AskForState();
            keepAliveAtNanos = desk.LastSentMonoNanos + KeepAliveNanos;
        }

        // The caller comes back; at the next call the keep-alive is due.
        return desk.Pump(Math.Min(untilMonoNanos, keepAliveAtNanos), _stop);
    }

    /// <summary>Asks the server how it is: proves in one round trip that the session lives. Throws when it does not.</summary>
    public ServerState AskForState(TimeSpan? timeout = null)
    {
        Counters.KeepAliveReads++;
        var request = new ReadRequest
        {
            TimestampsToReturn = TimestampsToReturn.Neither,
            NodesToRead = [new ReadValueId { NodeId = new NodeId(0, NodeIds.ServerStatusState), AttributeId = AttributeIds.Value }],
        };
        var results = Invoke(request, timeout).Results;
        if (results is [{ Value.Value: int state }, ..])
        {
            ServerState = (ServerState)state;
        }

        return ServerState;
    }

    /// <summary>The link is gone: hangs up and keeps what a resume needs.</summary>
    public void Drop()
    {
        var desk = _desk;
        _desk = null;
        if (desk is not null)
        {
            _renewalsBefore += desk.Renewals;
            if (_session is { } session)
            {
                session.HeardMonoNanos = desk.LastSentMonoNanos;
            }

            desk.Dispose();
            Subscriptions?.OnChannelLost();
        }
    }

    /// <summary>Ends the session on the server with all its subscriptions, if the server can be reached within the limit. Never throws.</summary>
    public void Close(TimeSpan limit)
    {
        IsClosing = true;
        try
        {
            if (_desk is { IsBroken: false } desk && _session is not null)
            {
                desk.IgnoreStop();
                CloseSession(desk, deleteSubscriptions: true, limit);
            }
        }
        finally
        {
            _session = null;
            Drop();
            IsClosing = false;
        }
    }

    public void Dispose() => Close(CloseLimit);

    internal void KeepSubscriptions(IAfterMessage keeper)
    {
        Subscriptions = keeper;
        if (_desk is { } desk)
        {
            desk.AfterMessage = keeper;
        }
    }

    /// <summary>Sends a request whose answer is taken while the session is pumped.</summary>
    internal void Send(IUaRequest request, Answer answer) => Desk().Send(request, answer);

    /// <summary>Asks for an answer that is decoded elsewhere.</summary>
    internal void Exchange(IUaRequest request, Answer answer) =>
        Desk().Exchange(request, answer, _settings.Channel.RequestTimeout, _stop);

    private long KeepAliveNanos => (_session?.Timeout ?? _settings.SessionTimeout).Ticks * 100 / KeepAlivesPerTimeout;

    private RequestDesk Desk() => _desk
        ?? throw new UaException(StatusCodes.BadNotConnected, $"There is no connection to {_settings.Endpoint}; it is opened again at the next try.");

    /// <summary>The session is forgotten whatever the server says: it had its chance.</summary>
    private void CloseSession(RequestDesk desk, bool deleteSubscriptions, TimeSpan limit)
    {
        var session = _session;
        _session = null;
        desk.AuthenticationToken = session!.AuthenticationToken;
        try
        {
            desk.Invoke(new CloseSessionRequest { DeleteSubscriptions = deleteSubscriptions }, limit, CancellationToken.None);
            Counters.SessionsClosed++;
        }
        catch (UaException)
        {
            // The server ends it by itself after its timeout.
        }
    }

    private void Observe(long serverTime, long sentMonoNanos)
    {
        var nowNanos = MonoTime.NowNanos();
        ClockOffset.Observe(serverTime, UaTime.NowUtc(_settings.Channel.Clock), nowNanos - sentMonoNanos, nowNanos);
    }
}
