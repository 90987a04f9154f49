namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>
/// What to add to the monotonic clock to get nanoseconds since 1970 UTC. Refreshed once a second by one thread, read by all, so
/// that stamping a sample costs an addition.
/// </summary>
[HotPath]
public sealed class UtcOffset
{
    private readonly TimeProvider _clock;
    private long _offsetNanos;

    public UtcOffset(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        Refresh();
    }

    public long Nanos => Volatile.Read(ref _offsetNanos);

    /// <summary>The wall clock's time for a monotonic one, nanoseconds since 1970 UTC.</summary>
    public long ToUtc(long monoNanos) => monoNanos + Nanos;

    /// <summary>Measures the offset anew, by the tightest of three readings: a preempted thread must not shift every stamp.</summary>
    public void Refresh()
    {
        var bestWidth = long.MaxValue;
        var best = 0L;
        for (var i = 0; i < 3; i++)
        {
            var before = MonoClock.NowNanos();
            var utcNanos = (_clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
            var after = MonoClock.NowNanos();
            if (after - before < bestWidth)
            {
                bestWidth = after - before;
                best = utcNanos - (before + ((after - before) / 2));
            }
        }

        Volatile.Write(ref _offsetNanos, best);
    }
}
