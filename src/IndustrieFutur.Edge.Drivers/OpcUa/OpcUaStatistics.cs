namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>The numbers of one OPC UA link, and the namespaces of its server, for metrics and people. Written by the link's thread, read by anyone.</summary>
public sealed class OpcUaStatistics
{
    private (long Created, long Resumed, long CreatesSent, long Publishes, long Republished) _past;
    private long _connects;
    private long _sessionsCreated;
    private long _sessionsResumed;
    private long _createsSent;
    private long _republished;
    private long _messagesLost;
    private long _overflows;
    private long _subscriptionsRemade;
    private long _valuesLate;
    private long _timesDisbelieved;
    private long _clockOffsetNanos;
    private long _roundTripNanos;
    private long _publishes;
    private long _badItems;
    private volatile OpcUaNamespaces _namespaces = OpcUaNamespaces.Unknown;

    /// <summary>Times that the link was opened; every one but the first is a reconnect.</summary>
    public long Connects => Volatile.Read(ref _connects);

    public long Reconnects => Math.Max(0, Connects - 1);

    public long SessionsCreated => Volatile.Read(ref _sessionsCreated);

    public long SessionsResumed => Volatile.Read(ref _sessionsResumed);

    /// <summary>CreateSession requests sent, answered or not.</summary>
    public long CreateSessionsSent => Volatile.Read(ref _createsSent);

    /// <summary>Messages that a resumed session asked for again, and got.</summary>
    public long Republished => Volatile.Read(ref _republished);

    /// <summary>Messages the server no longer had when they were missed.</summary>
    public long MessagesLost => Volatile.Read(ref _messagesLost);

    /// <summary>Values before which others had no room in the server's queue.</summary>
    public long Overflows => Volatile.Read(ref _overflows);

    /// <summary>Subscriptions that had to be made anew after a loss: what changed in between is not known.</summary>
    public long SubscriptionsRemade => Volatile.Read(ref _subscriptionsRemade);

    /// <summary>Values of an older session that came late and were dropped.</summary>
    public long ValuesLate => Volatile.Read(ref _valuesLate);

    /// <summary>Times too far from ours, whose place the arrival took.</summary>
    public long TimesDisbelieved => Volatile.Read(ref _timesDisbelieved);

    /// <summary>The server's clock minus ours; 0 until it was measured.</summary>
    public long ClockOffsetNanos => Volatile.Read(ref _clockOffsetNanos);

    /// <summary>The last round trip of a request.</summary>
    public long RoundTripNanos => Volatile.Read(ref _roundTripNanos);

    /// <summary>Publish answers received.</summary>
    public long Publishes => Volatile.Read(ref _publishes);

    /// <summary>Variables that the server does not give us at present.</summary>
    public long BadItems => Volatile.Read(ref _badItems);

    /// <summary>As of the last connection.</summary>
    public OpcUaNamespaces Namespaces
    {
        get => _namespaces;
        internal set => _namespaces = value;
    }

    internal void CountConnect() => Volatile.Write(ref _connects, _connects + 1);

    internal void CountOverflow() => Volatile.Write(ref _overflows, _overflows + 1);

    internal void CountMessagesLost(uint count) => Volatile.Write(ref _messagesLost, _messagesLost + count);

    internal void CountRemade(int count) => Volatile.Write(ref _subscriptionsRemade, _subscriptionsRemade + count);

    internal void CountLate() => Volatile.Write(ref _valuesLate, _valuesLate + 1);

    internal void CountDisbelieved() => Volatile.Write(ref _timesDisbelieved, _timesDisbelieved + 1);

    internal void SetBadItems(int count) => Volatile.Write(ref _badItems, count);

    /// <summary>Whoever counts the sessions begins at 0 again; what was counted stays.</summary>
    internal void KeepPast() => _past = (SessionsCreated, SessionsResumed, CreateSessionsSent, Publishes, Republished);

    internal void SetSessions(long created, long resumed, long createsSent)
    {
        Volatile.Write(ref _sessionsCreated, _past.Created + created);
        Volatile.Write(ref _sessionsResumed, _past.Resumed + resumed);
        Volatile.Write(ref _createsSent, _past.CreatesSent + createsSent);
    }

    internal void SetPublishes(long publishes, long republished)
    {
        Volatile.Write(ref _publishes, _past.Publishes + publishes);
        Volatile.Write(ref _republished, _past.Republished + republished);
    }

    internal void SetClock(long offsetNanos, long roundTripNanos)
    {
        Volatile.Write(ref _clockOffsetNanos, offsetNanos);
        Volatile.Write(ref _roundTripNanos, roundTripNanos);
    }
}
