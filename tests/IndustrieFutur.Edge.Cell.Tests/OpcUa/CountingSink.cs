using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>Takes the notifications of counting signals (their handle is their number) and keeps the table of them.</summary>
internal readonly struct CountingSink(CountingTable table, CountingSink.Counters counters) : INotificationSink
{
    public void OnValue(uint clientHandle, in NotifiedValue value)
    {
        if (value.Status != 0)
        {
            counters.NotGood++;
        }

        table.See((int)clientHandle, value.Type == BuiltInType.Double ? (long)(value.AsDouble * counters.CountsPerUnit((int)clientHandle)) : value.Bits);
    }

    public void OnEvent(uint clientHandle, ReadOnlySpan<byte> fields, int count)
    {
    }

    public void OnKeepAlive(uint subscriptionId)
    {
    }

    public void OnMessage(uint subscriptionId, long publishTime) => counters.Messages++;

    public void OnGap(uint subscriptionId, uint messagesLost) => counters.MessagesLost += messagesLost;

    public void OnSubscriptionLost(uint subscriptionId, uint status) => counters.SubscriptionsLost++;

    /// <summary>What came besides values.</summary>
    internal sealed class Counters(int signals)
    {
        /// <summary>The arm's axes, behind the signals, move an eighth of a degree per count.</summary>
        private const double CountsPerDegree = 8;

        public long Messages { get; set; }

        public long MessagesLost { get; set; }

        public long SubscriptionsLost { get; set; }

        public long NotGood { get; set; }

        public double CountsPerUnit(int handle) => handle < signals ? 1 : CountsPerDegree;
    }
}
