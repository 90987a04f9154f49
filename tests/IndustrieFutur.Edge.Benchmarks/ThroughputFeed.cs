using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Stands for the sampling loop: puts into the ring each millisecond what is due by the clock, every signal in turn.</summary>
internal sealed class ThroughputFeed(SampleRing ring, LedgerCounters ledger, UtcOffset utc, int perSecond)
{
    /// <summary>What a thread that was kept from its CPU makes up for at a time: a quarter of the ring.</summary>
    private const int BurstMax = 65_536;

    private long _began;
    private long _written;
    private long _refused;

    public long Written => Volatile.Read(ref _written);

    /// <summary>Samples for which the ring had no room.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>One round: for a paced thread.</summary>
    public void Write()
    {
        var now = MonoClock.NowNanos();
        _began = _began == 0 ? now : _began;
        var due = Math.Min((now - _began) * perSecond / 1_000_000_000, _written + BurstMax);
        var utcNow = utc.ToUtc(now);
        for (; _written < due; _written++)
        {
            var signal = (int)(_written % ledger.Count);
            ledger.Produced(signal);
            var sample = new Sample(signal, StatusCode.Good, BitConverter.DoubleToInt64Bits(20 + (_written % 1_009 * 0.01)), utcNow + (_written % 1_000), now);
            if (!ring.TryWrite(sample))
            {
                ledger.RefusedAtOutput(signal);
                _refused++;
            }
        }
    }
}
