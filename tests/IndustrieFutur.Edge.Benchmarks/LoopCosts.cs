using System.Globalization;
using System.Numerics;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Rounds in which each cell, of so many links and signals, ticks for a while: with a thousand samples a tick, then with none.</summary>
internal sealed class LoopCosts : IDisposable
{
    /// <summary>A million samples a second at 1 kHz.</summary>
    private const int SamplesPerTick = 1_000;

    /// <summary>A fifth of a second at most, with what the bench itself does between ticks: the thread has real-time priority meanwhile.</summary>
    private const int BusyTicks = 300;

    /// <summary>Two seconds of the loop's time: whatever it does now and then for all signals is in it.</summary>
    private const int EmptyTicks = 2_000;

    private const long TickNanos = 1_000_000;

    private readonly int[] _signals;
    private readonly LoopCell[][] _cells;
    private readonly List<double>[][] _busy;
    private readonly List<double>[] _empty;
    private readonly List<double> _emptyTimes = [];
    private readonly long[] _nanos = new long[BusyTicks];
    private long _monoNow = MonoClock.NowNanos();

    public LoopCosts(int[] drivers, int[] signals)
    {
        _signals = signals;
        _cells = Array.ConvertAll(drivers, links => Array.ConvertAll(signals, count => new LoopCell(links, count, OutputFor(count))));
        _busy = Array.ConvertAll(_cells, row => Array.ConvertAll(row, _ => new List<double>()));
        _empty = Array.ConvertAll(signals, _ => new List<double>());
    }

    public int Rounds => _emptyTimes.Count;

    /// <summary>The worst of any number of links: a sample with the most signals beside one with the fewest, in the same round.</summary>
    public double SignalsTimes => _busy.Max(row => Median([.. row[^1].Zip(row[0], (most, fewest) => most / fewest)]));

    public double EmptyTimes => Median(_emptyTimes);

    public string Text => string.Join(
        ", ",
        _signals.Select((count, s) => $"with {count} signals {string.Join('/', _busy.Select(row => Median(row[s]).ToString("0.0", CultureInfo.InvariantCulture)))}"))
        + $" for {string.Join('/', _cells.Select(row => row[0].Inputs.Length))} drivers";

    public double EmptyNanos(int signals) => Median(_empty[signals]);

    public void Measure(int rounds)
    {
        // Long enough for each signal to have its first value and for the loop to be compiled a second time.
        foreach (var cell in _cells.SelectMany(row => row))
        {
            _ = Busy(cell);
            _ = Empty(cell);
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var d = 0; d < _cells.Length; d++)
            {
                for (var s = 0; s < _signals.Length; s++)
                {
                    _busy[d][s].Add(Pinned(() => Busy(_cells[d][s])));
                }
            }

            var empty = _cells[0].Select(cell => Pinned(() => Empty(cell))).ToArray();
            for (var s = 0; s < empty.Length; s++)
            {
                _empty[s].Add(empty[s]);
            }

            _emptyTimes.Add(empty[^1] / empty[0]);
        }
    }

    public void Dispose()
    {
        foreach (var cell in _cells.SelectMany(row => row))
        {
            cell.Dispose();
        }
    }

    /// <summary>As large as in the service: the loop fills it all in turn, so its size is part of what the caches must hold.</summary>
    private static int OutputFor(int signals) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16_384, 4 * signals));

    private static double Pinned(Func<double> work)
    {
        _ = CpuBinding.Enter(1);
        var figure = work();
        CpuBinding.Leave();

        // The kernel holds back who takes a CPU for itself without a breath.
        Pacer.SleepUntil(MonoClock.NowNanos() + 20_000_000);
        return figure;
    }

    /// <summary>Nanoseconds per sample in the median tick: what the host took away in between counts for nothing.</summary>
    private double Busy(LoopCell cell)
    {
        for (var tick = 0; tick < BusyTicks; tick++)
        {
            _monoNow += TickNanos;
            cell.Fill(SamplesPerTick, _monoNow);
            var began = MonoClock.NowNanos();
            var moved = cell.Loop.Tick(_monoNow);
            _nanos[tick] = MonoClock.NowNanos() - began;
            if (moved != SamplesPerTick || cell.Empty() != SamplesPerTick)
            {
                throw new InvalidOperationException($"Of {SamplesPerTick} samples that pass, the loop took {moved} and put out others.");
            }
        }

        return (double)_nanos.Order().ElementAt(BusyTicks / 2) / SamplesPerTick;
    }

    /// <summary>Nanoseconds of a tick that finds nothing, over all of them.</summary>
    private double Empty(LoopCell cell)
    {
        var began = MonoClock.NowNanos();
        for (var tick = 0; tick < EmptyTicks; tick++)
        {
            _monoNow += TickNanos;
            _ = cell.Loop.Tick(_monoNow);
        }

        return (double)(MonoClock.NowNanos() - began) / EmptyTicks;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
