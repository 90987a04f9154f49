namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>All subscriptions of a server. Called by any thread.</summary>
internal interface ISubscriptionService : IDisposable
{
    /// <summary>Subscriptions now, for the server's diagnostics.</summary>
    int Count { get; }

    /// <summary>Subscriptions since the start.</summary>
    long CountSinceStart { get; }

    /// <summary>For a new session; disposing of what is returned deletes the session's subscriptions.</summary>
    ISessionSubscriptions Open(SessionContext session);

    /// <summary>Ends those that no session has any more and whose lifetime is over; called a few times a second.</summary>
    void TickReleased(long monoNow);
}
