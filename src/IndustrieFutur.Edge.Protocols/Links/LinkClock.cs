using System.Diagnostics;

namespace IndustrieFutur.Edge.Protocols.Links;

/// <summary>The monotonic clock in nanoseconds, the same scale as the core's: answers and silences are timed by it.</summary>
public static class LinkClock
{
    private static readonly long NanosPerTick = Math.Max(1, 1_000_000_000 / Stopwatch.Frequency);

    public static long NowNanos() => Stopwatch.GetTimestamp() * NanosPerTick;
}
