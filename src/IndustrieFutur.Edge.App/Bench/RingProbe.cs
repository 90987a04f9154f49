using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>What a sample costs on its way through a ring: written one by one, read in one run, on one thread.</summary>
internal static class RingProbe
{
    private const int Batch = 64;
    private const int Batches = 4_000;
    private const int Rounds = 9;

    /// <summary>The median of the rounds, in nanoseconds a sample.</summary>
    public static double Measure()
    {
        using var memory = new HotMemory(SampleRing.BytesNeeded(1_024, 0, 0));
        var ring = new SampleRing(memory, 1_024);
        _ = Round(ring);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Round(ring)).Order().ToArray();
        return rounds[Rounds / 2];
    }

    private static double Round(SampleRing ring)
    {
        var began = MonoClock.NowNanos();
        for (var batch = 0; batch < Batches; batch++)
        {
            for (var i = 0; i < Batch; i++)
            {
                ring.TryWrite(new Sample(i, StatusCode.Good, batch, 0, 0));
            }

            for (var run = ring.Peek(Batch); run.Length > 0; run = ring.Peek(Batch))
            {
                ring.Advance(run.Length);
            }
        }

        return (MonoClock.NowNanos() - began) / (double)(Batch * Batches);
    }
}
