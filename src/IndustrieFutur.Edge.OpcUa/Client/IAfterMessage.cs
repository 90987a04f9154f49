namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Does what a received message made necessary but could not do while it lay in the receive buffer.</summary>
internal interface IAfterMessage
{
    /// <summary>May ask the server, and so be called again before it returns.</summary>
    void AfterMessage();

    /// <summary>The channel is gone: nothing that is on the way will be answered.</summary>
    void OnChannelLost();

    /// <summary>Before the session waits for messages: sends what is due.</summary>
    void BeforeWait(long nowMonoNanos);
}
