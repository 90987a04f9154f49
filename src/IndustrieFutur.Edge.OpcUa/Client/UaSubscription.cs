namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>A subscription that lives on the server, and where its sequence stands.</summary>
public sealed class UaSubscription
{
    /// <summary>Beside the interval, what a busy server and network may be late.</summary>
    private const long MarginNanos = 1_000_000_000;

    /// <summary>A revised interval of nothing, or of no number, is taken for one millisecond.</summary>
    private const double IntervalMillisMin = 1;

    private const double IntervalMillisMax = 86_400_000;

    internal UaSubscription(uint id)
    {
        Id = id;
    }

    public uint Id { get; }

    /// <summary>As the server revised it.</summary>
    public TimeSpan PublishingInterval { get; private set; }

    /// <summary>As the server revised it.</summary>
    public uint KeepAliveCount { get; private set; }

    /// <summary>As the server revised it.</summary>
    public uint LifetimeCount { get; private set; }

    /// <summary>When it was last heard of, data or keep-alive; monotonic.</summary>
    public long HeardMonoNanos { get; private set; }

    /// <summary>Not heard of until then, it or the link is suspect; monotonic (OPC UA Part 4, 5.14.1.1).</summary>
    public long DeadlineMonoNanos => HeardMonoNanos + (((long)KeepAliveCount + 1) * PublishingInterval.Ticks * 100) + MarginNanos;

    /// <summary>The sequence number that the next message with notifications must have.</summary>
    internal uint NextSequence { get; private set; } = 1;

    /// <summary>Until the first message nothing can be missing of which anybody knows.</summary>
    internal bool HasBegun { get; private set; }

    internal long CreatedMonoNanos { get; init; }

    internal void Revise(double intervalMillis, uint keepAliveCount, uint lifetimeCount)
    {
        var millis = double.IsFinite(intervalMillis) ? Math.Clamp(intervalMillis, IntervalMillisMin, IntervalMillisMax) : IntervalMillisMin;
        PublishingInterval = TimeSpan.FromMilliseconds(millis);
        KeepAliveCount = Math.Max(1, keepAliveCount);
        LifetimeCount = lifetimeCount;
    }

    internal void Heard(long nowMonoNanos) => HeardMonoNanos = nowMonoNanos;

    internal void Expect(uint sequence)
    {
        NextSequence = sequence;
        HasBegun = true;
    }
}
