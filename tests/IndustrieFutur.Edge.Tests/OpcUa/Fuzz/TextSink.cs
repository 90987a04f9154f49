using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>Reads each value as the driver does that wants a text.</summary>
internal struct TextSink(OpcUaText text) : INotificationSink
{
    public long Touched { get; private set; }

    public void OnValue(uint clientHandle, in NotifiedValue value) => Touched += text.TryWrite(in value, out var bytes) ? bytes.Length : 0;

    public void OnEvent(uint clientHandle, ReadOnlySpan<byte> fields, int count) => Touched += count;

    public void OnKeepAlive(uint subscriptionId) => Touched++;

    public void OnMessage(uint subscriptionId, long publishTime) => Touched++;

    public void OnGap(uint subscriptionId, uint messagesLost) => Touched++;

    public void OnSubscriptionLost(uint subscriptionId, uint status) => Touched++;
}
