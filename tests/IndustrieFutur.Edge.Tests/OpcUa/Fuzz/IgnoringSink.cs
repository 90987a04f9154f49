using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>Takes everything, and touches every byte that it is shown.</summary>
internal struct IgnoringSink : INotificationSink
{
    public long Touched { get; private set; }

    public void OnValue(uint clientHandle, in NotifiedValue value) => Touch(value.Raw);

    public void OnEvent(uint clientHandle, ReadOnlySpan<byte> fields, int count) => Touch(fields);

    public void OnKeepAlive(uint subscriptionId) => Touched++;

    public void OnMessage(uint subscriptionId, long publishTime) => Touched++;

    public void OnGap(uint subscriptionId, uint messagesLost) => Touched++;

    public void OnSubscriptionLost(uint subscriptionId, uint status) => Touched++;

    private void Touch(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            Touched += bytes[0] + bytes[^1];
        }
    }
}
