namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>How a connection came to its session: what must be set up again depends on it.</summary>
public enum SessionStart
{
    /// <summary>A new session: subscriptions must be transferred or made, and namespace indexes may mean something else.</summary>
    Created,

    /// <summary>The session of before goes on on a new channel: its subscriptions still live on the server.</summary>
    Resumed,
}
