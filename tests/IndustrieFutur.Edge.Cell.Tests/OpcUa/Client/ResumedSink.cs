using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Client;

/// <summary>
/// Takes counting signals across resumed sessions. The foreign server sends each item's present value once more whenever its session goes
/// on, as a new message with the old source time: that is its way, and no second delivery of ours.
/// </summary>
internal readonly struct ResumedSink(CountingTable table, ResumedSink.Lasts lasts) : INotificationSink
{
    public void OnValue(uint clientHandle, in NotifiedValue value)
    {
        if (lasts.IsRepeated((int)clientHandle, value.Bits, value.SourceTime))
        {
            return;
        }

        // Every other signal counts as a Double.
        table.See((int)clientHandle, value.Type == BuiltInType.Double ? (long)value.AsDouble : value.Bits);
    }

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

    /// <summary>The last value of each signal, with its time.</summary>
    public sealed class Lasts(int signals)
    {
        private readonly (long Bits, long SourceTime)[] _lasts = new (long, long)[signals];

        public long Repeated { get; private set; }

        public bool IsRepeated(int signal, long bits, long sourceTime)
        {
            var isRepeated = _lasts[signal] == (bits, sourceTime);
            _lasts[signal] = (bits, sourceTime);
            Repeated += isRepeated ? 1 : 0;
            return isRepeated;
        }
    }
}
