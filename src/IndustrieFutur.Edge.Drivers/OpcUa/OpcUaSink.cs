using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>The driver's end of its subscriptions: a struct, so that the decoder calls it directly.</summary>
internal readonly struct OpcUaSink(OpcUaFeed feed) : INotificationSink
{
    public void OnValue(uint clientHandle, in NotifiedValue value) => feed.TakeValue(clientHandle, in value);

    public void OnEvent(uint clientHandle, ReadOnlySpan<byte> fields, int count)
    {
        // No events are subscribed to.
    }

    public void OnKeepAlive(uint subscriptionId) => feed.Hear();

    public void OnMessage(uint subscriptionId, long publishTime) => feed.Hear();

    public void OnGap(uint subscriptionId, uint messagesLost) => feed.TakeGap(subscriptionId, messagesLost);

    public void OnSubscriptionLost(uint subscriptionId, uint status)
    {
        // The client keeps it no longer, which is what its watch is measured by.
    }
}
