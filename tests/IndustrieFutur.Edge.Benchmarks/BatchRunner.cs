using System.Runtime.CompilerServices;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Core's ring as a scan uses it: so many samples are written and published once, and taken out as they lie.</summary>
internal sealed class BatchRunner(SampleRing ring) : IRingRunner
{
    private const int BatchMax = 256;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Write(long first, int count)
    {
        var (number, end, turns) = (first, first + count, 0);
        while (number != end)
        {
            var free = ring.Claim((int)Math.Min(BatchMax, end - number));
            if (free.IsEmpty)
            {
                if (++turns == PinnedPair.Patience)
                {
                    return false;
                }

                continue;
            }

            turns = 0;
            for (var i = 0; i < free.Length; i++, number++)
            {
                free[i] = new Sample((int)number, 0, number, number, ~number);
            }

            ring.Commit(free.Length);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read(long first, int count)
    {
        var (number, end, turns, holds) = (first, first + count, 0, true);
        while (number != end)
        {
            var ready = ring.Peek((int)Math.Min(BatchMax, end - number));
            if (ready.IsEmpty)
            {
                if (++turns == PinnedPair.Patience)
                {
                    return false;
                }

                continue;
            }

            turns = 0;
            for (var i = 0; i < ready.Length; i++, number++)
            {
                holds &= ready[i].Bits == number && ready[i].ArrivalMonoNanos == ~number;
            }

            ring.Advance(ready.Length);
        }

        return holds;
    }
}
