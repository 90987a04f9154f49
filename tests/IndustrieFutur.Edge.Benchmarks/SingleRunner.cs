using System.Runtime.CompilerServices;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Core's ring, sample by sample: each is published by itself and given back by itself.</summary>
internal sealed class SingleRunner(SampleRing ring) : IRingRunner
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Write(long first, int count)
    {
        for (var number = first; number != first + count; number++)
        {
            var turns = 0;
            while (!ring.TryWrite(new Sample((int)number, 0, number, number, ~number)))
            {
                if (++turns == PinnedPair.Patience)
                {
                    return false;
                }
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read(long first, int count)
    {
        var holds = true;
        for (var number = first; number != first + count; number++)
        {
            ReadOnlySpan<Sample> ready;
            var turns = 0;
            while ((ready = ring.Peek(1)).IsEmpty)
            {
                if (++turns == PinnedPair.Patience)
                {
                    return false;
                }
            }

            holds &= ready[0].Bits == number && ready[0].ArrivalMonoNanos == ~number;
            ring.Advance(1);
        }

        return holds;
    }
}
