namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>What happened at a server since its start; the same numbers are its diagnostics (OPC UA Part 5, 12.9). Any thread reads and counts.</summary>
public sealed class ServerCounters
{
    private long _connections;
    private long _refusedConnections;
    private long _brokenConnections;
    private long _requests;
    private long _refusedRequests;
    private long _sessions;
    private long _refusedSessions;
    private long _securityRefusals;
    private long _timedOutSessions;
    private long _droppedSessions;
    private long _writes;
    private long _calls;

    /// <summary>Accepted, whether or not a channel came of it.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>Hung up at once: too many, of all or of one address.</summary>
    public long RefusedConnections => Volatile.Read(ref _refusedConnections);

    /// <summary>Ended because of what came, or because the client took nothing.</summary>
    public long BrokenConnections => Volatile.Read(ref _brokenConnections);

    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Answered with a fault.</summary>
    public long RefusedRequests => Volatile.Read(ref _refusedRequests);

    public long Sessions => Volatile.Read(ref _sessions);

    public long RefusedSessions => Volatile.Read(ref _refusedSessions);

    /// <summary>Of sessions and requests: certificates, signatures, users.</summary>
    public long SecurityRefusals => Volatile.Read(ref _securityRefusals);

    public long TimedOutSessions => Volatile.Read(ref _timedOutSessions);

    /// <summary>Never activated, and gone before others.</summary>
    public long DroppedSessions => Volatile.Read(ref _droppedSessions);

    /// <summary>Values that clients wanted to write, taken or not.</summary>
    public long Writes => Volatile.Read(ref _writes);

    /// <summary>Methods that clients called, done or not.</summary>
    public long Calls => Volatile.Read(ref _calls);

    internal void CountWrite() => Interlocked.Increment(ref _writes);

    internal void CountCall() => Interlocked.Increment(ref _calls);

    internal void CountConnection() => Interlocked.Increment(ref _connections);

    internal void CountRefusedConnection() => Interlocked.Increment(ref _refusedConnections);

    internal void CountBrokenConnection() => Interlocked.Increment(ref _brokenConnections);

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountRefusedRequest() => Interlocked.Increment(ref _refusedRequests);

    internal void CountSession() => Interlocked.Increment(ref _sessions);

    internal void CountRefusedSession() => Interlocked.Increment(ref _refusedSessions);

    internal void CountSecurityRefusal() => Interlocked.Increment(ref _securityRefusals);

    internal void CountTimedOutSession() => Interlocked.Increment(ref _timedOutSessions);

    internal void CountDroppedSession() => Interlocked.Increment(ref _droppedSessions);
}
