using System.Diagnostics;

namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>The monotonic clock in nanoseconds: the scale of every interval, deadline and arrival time.</summary>
[HotPath]
public static class MonoClock
{
    private static readonly long NanosPerTick = Math.Max(1, 1_000_000_000 / Stopwatch.Frequency);

    public static long NowNanos() => Stopwatch.GetTimestamp() * NanosPerTick;
}
