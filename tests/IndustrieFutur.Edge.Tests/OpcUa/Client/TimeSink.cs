using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Writes down what a value says beside its number.</summary>
internal readonly struct TimeSink(List<(uint Status, long SourceTime, long ServerTime, bool IsOverflow)> seen) : INotificationSink
{
    public List<(uint Status, long SourceTime, long ServerTime, bool IsOverflow)> Seen => seen;

    public void OnValue(uint clientHandle, in NotifiedValue value) =>
        seen.Add((value.Status, value.SourceTime, value.ServerTime, value.IsOverflow));

    public void OnEvent(uint clientHandle, ReadOnlySpan<byte> fields, int count)
    {
    }

    public void OnKeepAlive(uint subscriptionId)
    {
    }

    public void OnMessage(uint subscriptionId, long publishTime)
    {
    }

    public void OnGap(uint subscriptionId, uint messagesLost)
    {
    }

    public void OnSubscriptionLost(uint subscriptionId, uint status)
    {
    }
}
