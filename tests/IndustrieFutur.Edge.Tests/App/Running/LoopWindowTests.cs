using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.App.Running;

/// <summary>Yesterday's spike shows since the start, and no longer in the last minute.</summary>
public sealed class LoopWindowTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly HotMemory _memory = new(LoopGauges.BytesNeeded);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_spike_leaves_the_last_minute_and_stays_since_the_start()
    {
        var gauges = new LoopGauges(_memory);
        var window = new LoopWindow(gauges, 0);
        gauges.Ticked(0, 40_000_000, 40_000_001, 39);
        var (_, young) = window.Read(5 * Second);
        for (var second = 1; second <= 100; second++)
        {
            gauges.Ticked(0, 30, 40, 0);
            window.Look(second * Second);
        }

        var (all, recent) = window.Read(100 * Second);

        Assert.Equal((40_000_000, 39), (young.WakeUp.LongestNanos, young.Missed));
        Assert.Equal((40_000_000, 39, 101), (all.WakeUp.LongestNanos, all.Missed, all.Ticks));
        Assert.Equal((30, 0), (recent.WakeUp.LongestNanos, recent.Missed));
        Assert.InRange(recent.SpanNanos, 60 * Second, 70 * Second);
        Assert.InRange(recent.Ticks, 60, 70);
    }
}
