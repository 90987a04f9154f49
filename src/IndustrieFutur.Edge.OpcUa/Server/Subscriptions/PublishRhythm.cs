using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>How often a subscription publishes, when it says that it lives, and how long it waits for its client (OPC UA Part 4, 5.13.2).</summary>
internal readonly record struct PublishRhythm(double IntervalMillis, uint LifetimeCount, uint KeepAliveCount)
{
    /// <summary>A subscription that publishes more seldom is no use to anybody, and its lifetime would have no end.</summary>
    private const double IntervalMillisMax = 3_600_000;

    /// <summary>What a client gets that leaves the choice to us.</summary>
    private const uint KeepAliveCountUsual = 10;

    /// <summary>OPC UA Part 4, 5.13.2.2: a client must have missed three keep-alives.</summary>
    private const uint KeepAlivesPerLifetime = 3;

    private const double KeepAliveMillisMax = 3_600_000;

    /// <summary>A subscription whose client is gone holds its memory no longer.</summary>
    private const double LifetimeMillisMax = 12 * 3_600_000.0;

    private const double NanosPerMilli = 1e6;

    public long IntervalNanos => (long)(IntervalMillis * NanosPerMilli);

    public static PublishRhythm Revise(CreateSubscriptionRequest request, ServerLimitsSettings limits) =>
        Revise(request.RequestedPublishingInterval, request.RequestedLifetimeCount, request.RequestedMaxKeepAliveCount, limits);

    public static PublishRhythm Revise(ModifySubscriptionRequest request, ServerLimitsSettings limits) =>
        Revise(request.RequestedPublishingInterval, request.RequestedLifetimeCount, request.RequestedMaxKeepAliveCount, limits);

    private static PublishRhythm Revise(double intervalMillis, uint lifetimeCount, uint keepAliveCount, ServerLimitsSettings limits)
    {
        var shortest = limits.PublishingIntervalMin.TotalMilliseconds;

        // Not a number compares false: it gets the shortest interval, as 0 and less do.
        var interval = intervalMillis > shortest ? Math.Min(intervalMillis, IntervalMillisMax) : shortest;
        var keepAlive = keepAliveCount == 0 ? KeepAliveCountUsual : keepAliveCount;
        keepAlive = (uint)Math.Clamp(keepAlive, 1, Math.Max(1, KeepAliveMillisMax / interval));
        var longest = Math.Max(keepAlive * (double)KeepAlivesPerLifetime, LifetimeMillisMax / interval);
        var lifetime = (uint)Math.Clamp(lifetimeCount, keepAlive * (double)KeepAlivesPerLifetime, Math.Min(longest, uint.MaxValue));
        return new PublishRhythm(interval, lifetime, keepAlive);
    }
}
