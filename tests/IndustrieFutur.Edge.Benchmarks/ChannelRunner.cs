using System.Threading.Channels;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What one would take without a ring of one's own: the runtime's bounded channel, at its best, for one writer and one reader that never sleep.</summary>
internal sealed class ChannelRunner(int capacity) : IRingRunner
{
    private readonly Channel<Sample> _channel = Channel.CreateBounded<Sample>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });

    public bool Write(long first, int count)
    {
        var writer = _channel.Writer;
        for (var number = first; number != first + count; number++)
        {
            var turns = 0;
            while (!writer.TryWrite(new Sample((int)number, 0, number, number, ~number)))
            {
                if (++turns == PinnedPair.Patience)
                {
                    return false;
                }
            }
        }

        return true;
    }

    public bool Read(long first, int count)
    {
        var (reader, holds) = (_channel.Reader, true);
        for (var number = first; number != first + count; number++)
        {
            Sample sample;
            var turns = 0;
            while (!reader.TryRead(out sample))
            {
                if (++turns == PinnedPair.Patience)
                {
                    return false;
                }
            }

            holds &= sample.Bits == number && sample.ArrivalMonoNanos == ~number;
        }

        return holds;
    }
}
