using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>Runs the product's own sampling thread, with nothing to sample, and reads its gauges.</summary>
internal static class LoopProbe
{
    /// <summary>The first ticks compile code and grow the stack: not what the customer gets all day.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(200);

    private const int RingSamples = 64;

    public static async Task<LoopReading> MeasureAsync(SamplingPace pace, TimeSpan span, TimeProvider clock, CancellationToken cancellationToken)
    {
        SignalPlan[] signals = [new() { Index = 0, Id = "bench", Device = "bench", RawKind = ValueKind.Float64 }];
        using var memory = new HotMemory(
            LoopGauges.BytesNeeded + StageStates.BytesNeeded(signals) + LedgerCounters.BytesNeeded(1) + LatestValues.BytesNeeded(1, 0) + SampleRing.BytesNeeded(RingSamples, 0, 0));
        var gauges = new LoopGauges(memory);
        var loop = new SamplingLoop(
            signals,
            [],
            new SampleRing(memory, RingSamples),
            new LatestValues(memory, 1, 0),
            new LedgerCounters(memory, 1),
            new StageStates(memory, signals),
            new UtcOffset(clock),
            RingSamples,
            gauges);
        using var thread = new SamplingThread(loop, gauges, pace);
        thread.Start();
        await Task.Delay(WarmUp, clock, cancellationToken);
        var before = LoopReading.Of(gauges, MonoClock.NowNanos());
        await Task.Delay(span, clock, cancellationToken);
        return LoopReading.Of(gauges, MonoClock.NowNanos()).Since(before);
    }
}
