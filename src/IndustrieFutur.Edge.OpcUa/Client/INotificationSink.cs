namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// Takes what subscriptions deliver, on the session's own thread and in the order of the server. A struct, so that the decoder calls it
/// directly; it never calls the session.
/// </summary>
public interface INotificationSink
{
    /// <summary>A value of a monitored item. What it points at is gone after the call.</summary>
    void OnValue(uint clientHandle, in NotifiedValue value);

    /// <summary>An event: its fields are so many Variants, one after the other, in the order of the filter's select clauses.</summary>
    void OnEvent(uint clientHandle, ReadOnlySpan<byte> fields, int count);

    /// <summary>The subscription lives and has nothing new.</summary>
    void OnKeepAlive(uint subscriptionId);

    /// <summary>Values and events of one message follow. The time is raw; 0 = the server sends none.</summary>
    void OnMessage(uint subscriptionId, long publishTime);

    /// <summary>Messages are lost for good: the server no longer has them, or what it sent cannot be read.</summary>
    void OnGap(uint subscriptionId, uint messagesLost);

    /// <summary>The subscription is gone on the server and must be made anew.</summary>
    void OnSubscriptionLost(uint subscriptionId, uint status);
}
