using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>So many items through rings of every size that matters, sample by sample and in batches by turns: each came once and in order.</summary>
internal static class RingOrder
{
    private static readonly int[] Capacities = [2, 4, 1_024, 65_536];

    /// <summary>Items of one run: within 0.4 s at 8 million a second, which the smallest rings reach.</summary>
    private const int RunItems = 2_000_000;

    /// <summary>Returns how many items went through each ring. Throws when one was lost or out of order.</summary>
    public static long Check(PinnedPair pair, long items)
    {
        foreach (var capacity in Capacities)
        {
            using var memory = new HotMemory(SampleRing.BytesNeeded(capacity, 0, 0));
            var ring = StartedBeforeTheWrap(memory, capacity, RunItems / 2);
            IRingRunner[] runners = [new SingleRunner(ring), new BatchRunner(ring)];
            for (var first = 0L; first < items; first += RunItems)
            {
                _ = pair.MillionsPerSecond(runners[(first / RunItems) % 2], RunItems, first);
            }
        }

        return items;
    }

    /// <summary>A ring whose cursors are so many samples before 2^64: they run freely, and so they are to run over.</summary>
    private static unsafe SampleRing StartedBeforeTheWrap(HotMemory memory, int capacity, ulong samples)
    {
        var control = (RingControl*)memory.Take(0);
        var ring = new SampleRing(memory, capacity);
        var cursor = 0 - samples;
        control->Written = control->WriteNext = control->ReadSeen = cursor;
        control->Read = control->ReadNext = control->WrittenSeen = cursor;
        return ring;
    }
}
