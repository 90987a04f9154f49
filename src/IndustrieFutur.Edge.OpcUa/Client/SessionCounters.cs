namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>What became of a session so far, for metrics. Read by other threads: each is one number that only grows.</summary>
public sealed class SessionCounters
{
    /// <summary>CreateSession requests sent.</summary>
    public long CreateSessionsSent { get; internal set; }

    public long SessionsCreated { get; internal set; }

    public long SessionsResumed { get; internal set; }

    /// <summary>Sessions of before that the server did not let go on.</summary>
    public long ResumesRefused { get; internal set; }

    /// <summary>CloseSession requests that the server has confirmed.</summary>
    public long SessionsClosed { get; internal set; }

    public long RequestsSent { get; internal set; }

    public long Faults { get; internal set; }

    public long Timeouts { get; internal set; }

    /// <summary>Answers to requests that we had given up.</summary>
    public long LateAnswers { get; internal set; }

    public long KeepAliveReads { get; internal set; }

    /// <summary>Batches made smaller because the server said that they were too large.</summary>
    public long BatchesShrunk { get; internal set; }
}
