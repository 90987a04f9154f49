using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Counts and adds up what a subscription delivers, without allocating.</summary>
internal struct SummingSink : INotificationSink
{
    public int Values;
    public long HandleSum;
    public long BitsSum;
    public long SourceTimeLast;
    public int Messages;
    public int KeepAlives;
    public long Lost;

    public void OnValue(uint clientHandle, in NotifiedValue value)
    {
        Values++;
        HandleSum += clientHandle;
        BitsSum += value.Bits;
        SourceTimeLast = value.SourceTime;
    }

    public readonly void OnEvent(uint clientHandle, ReadOnlySpan<byte> fields, int count)
    {
    }

    public void OnKeepAlive(uint subscriptionId) => KeepAlives++;

    public void OnMessage(uint subscriptionId, long publishTime) => Messages++;

    public void OnGap(uint subscriptionId, uint messagesLost) => Lost += messagesLost;

    public readonly void OnSubscriptionLost(uint subscriptionId, uint status)
    {
    }
}
