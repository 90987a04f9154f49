namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Does what a received message made necessary but could not do while it lay in the receive buffer.</summary>
internal interface IAfterMessage
{
    /// <summary>Something lives on the server that a new session would have to take over.</summary>
    bool HasAny { get; }

    /// <summary>May ask the server, and so be called again before it returns.</summary>
    void AfterMessage();

    /// <summary>The channel is gone: nothing that is on the way will be answered.</summary>
    void OnChannelLost();

    /// <summary>Before the session waits for messages: sends what is due.</summary>
    void BeforeWait(long nowMonoNanos);
}
