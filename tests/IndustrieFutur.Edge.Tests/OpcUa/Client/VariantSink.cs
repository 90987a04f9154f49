using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Reads every value that is no number as a Variant.</summary>
internal readonly struct VariantSink(List<Variant> read) : INotificationSink
{
    public List<Variant> Read => read;

    public void OnValue(uint clientHandle, in NotifiedValue value) => read.Add(new UaReader(value.Encoded).ReadVariant());

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
