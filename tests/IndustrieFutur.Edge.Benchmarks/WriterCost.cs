using System.Globalization;
using System.Runtime.CompilerServices;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>
/// What a driver's thread pays to write a scan of 64 samples while another CPU looks in now and then, as the loop does: the figure that
/// matters to a link, since the ring is never its limit.
/// </summary>
internal sealed class WriterCost : IRingRunner
{
    private const int ScanSamples = 64;
    private const int Scans = 4_000;

    /// <summary>From scan to scan, and from look to look: the reader has emptied the ring before the next scan.</summary>
    private const long PauseNanos = 20_000;

    private readonly SampleRing _ring;
    private readonly bool _inOne;
    private readonly long[] _nanos = new long[Scans];

    private WriterCost(SampleRing ring, bool inOne)
    {
        _ring = ring;
        _inOne = inOne;
    }

    public static string Measure(PinnedPair pair)
    {
        var (each, once) = (Measure(pair, false), Measure(pair, true));
        return string.Create(
            CultureInfo.InvariantCulture, $"a scan of {ScanSamples} costs its writer {each:0.0} ns per sample, {once:0.0} when published at once (p50)");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Write(long first, int count)
    {
        for (var scan = 0; scan < Scans; scan++)
        {
            var began = MonoClock.NowNanos();
            if (!(_inOne ? WriteOnce(first) : WriteEach(first)))
            {
                return false;
            }

            var ended = MonoClock.NowNanos();
            _nanos[scan] = ended - began;
            first += ScanSamples;
            Pause(ended);
        }

        return true;
    }

    public bool Read(long first, int count)
    {
        for (var (left, looks) = (count, 0); left > 0; looks++)
        {
            if (looks == 100 * Scans)
            {
                return false;
            }

            Pause(MonoClock.NowNanos());
            var ready = _ring.Peek(left);
            left -= ready.Length;
            _ring.Advance(ready.Length);
        }

        return true;
    }

    private static double Measure(PinnedPair pair, bool inOne)
    {
        using var memory = new HotMemory(SampleRing.BytesNeeded(1_024, 0, 0));
        var cost = new WriterCost(new SampleRing(memory, 1_024), inOne);
        _ = pair.MillionsPerSecond(cost, Scans * ScanSamples);
        _ = pair.MillionsPerSecond(cost, Scans * ScanSamples);
        return (double)cost._nanos.Order().ElementAt(Scans / 2) / ScanSamples;
    }

    private static void Pause(long since)
    {
        while (MonoClock.NowNanos() < since + PauseNanos)
        {
        }
    }

    // A reader whose CPU was taken away for a while is waited for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool WriteEach(long first)
    {
        var turns = 0;
        for (var number = first; number < first + ScanSamples && turns < PinnedPair.Patience;)
        {
            if (_ring.TryWrite(new Sample((int)number, 0, number, number, ~number)))
            {
                number++;
                continue;
            }

            turns++;
        }

        return turns < PinnedPair.Patience;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool WriteOnce(long first)
    {
        var turns = 0;
        Span<Sample> free;
        while ((free = _ring.Claim(ScanSamples)).Length < ScanSamples)
        {
            if (++turns == PinnedPair.Patience)
            {
                return false;
            }
        }

        for (var i = 0; i < free.Length; i++)
        {
            var number = first + i;
            free[i] = new Sample((int)number, 0, number, number, ~number);
        }

        _ring.Commit(free.Length);
        return true;
    }
}
