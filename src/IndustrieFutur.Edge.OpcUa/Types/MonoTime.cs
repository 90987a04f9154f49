using System.Diagnostics;

namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>The monotonic clock in nanoseconds: the scale of every deadline in this stack, and the same as the sampling core's.</summary>
public static class MonoTime
{
    private static readonly double NanosPerTick = 1e9 / Stopwatch.Frequency;

    public static long NowNanos() =>
        Stopwatch.Frequency == 1_000_000_000 ? Stopwatch.GetTimestamp() : (long)(Stopwatch.GetTimestamp() * NanosPerTick);
}
