using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>
/// Measures a machine: our loop, plain and spinning, and cyclictest in turn, idle and under load of its own; then ring and disk. Only
/// what ran in turn may be compared: a machine is never the same twice.
/// </summary>
/// <param name="span">How long all of it may take, about.</param>
/// <param name="folder">Where the disk is tried.</param>
/// <param name="clock">The clock.</param>
/// <param name="progress">Told what is being done.</param>
internal sealed class BenchRun(TimeSpan span, string folder, TimeProvider clock, Action<string> progress)
{
    /// <summary>Odd, so that a median is one of them.</summary>
    private const int Rounds = 3;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private static readonly RealTimeSettings Everything = new() { LockMemory = true, HoldCpuAwake = true };

    private readonly Dictionary<(BenchLoop Loop, bool Loaded), List<HistogramSnapshot>> _rounds = [];
    private long _collections;
    private string _absence = "";

    public async Task<BenchResult> MeasureAsync(CancellationToken cancellationToken)
    {
        using var realTime = new RealTime(Everything);
        var privileges = Ask(realTime);
        var loops = Loops(privileges[(int)Privilege.Scheduling].Granted);
        var slice = span / (2 * Rounds * loops.Count);
        await PhaseAsync(loops, slice, loaded: false, cancellationToken);
        using (new BenchLoad(Environment.ProcessorCount))
        {
            await PhaseAsync(loops, slice, loaded: true, cancellationToken);
        }

        progress("anneau et disque/ring and disk");
        var ring = RingProbe.Measure();
        var disk = DiskProbe.Measure(folder, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new BenchResult
        {
            At = clock.GetUtcNow(),
            Machine = MachineFacts.Read(),
            Privileges = privileges,
            Latencies = [.. _rounds.Keys.Select(Summarise)],
            CyclictestAbsence = _absence,
            Collections = _collections,
            RingNanosPerSample = ring,
            Folder = folder,
            Disk = disk,
        };
    }

    /// <summary>On a thread that ends at once: only to know; what is the process's stays until the end.</summary>
    private static IReadOnlyList<PrivilegeReport> Ask(RealTime realTime)
    {
        IReadOnlyList<PrivilegeReport> reports = [];
        var thread = new Thread(() =>
        {
            reports = realTime.Enter();
            realTime.Leave();
        });
        thread.Start();
        thread.Join();
        return reports;
    }

    private List<BenchLoop> Loops(bool hasPriority)
    {
        if (!Cyclictest.IsHere)
        {
            _absence = OperatingSystem.IsLinux() ? Cyclictest.HowToInstall : "cyclictest: Linux";
        }
        else if (!hasPriority)
        {
            _absence = Cyclictest.NeedsPriority;
        }

        return [.. Enum.GetValues<BenchLoop>().Where(loop => loop != BenchLoop.Cyclictest || _absence.Length == 0)];
    }

    private async Task PhaseAsync(List<BenchLoop> loops, TimeSpan slice, bool loaded, CancellationToken cancellationToken)
    {
        for (var round = 0; round < Rounds; round++)
        {
            progress($"{(loaded ? "chargé/loaded" : "au repos/idle")} {round + 1}/{Rounds}");
            for (var i = 0; i < loops.Count; i++)
            {
                // Each round begins with another one.
                var loop = loops[(i + round) % loops.Count];
                if (await MeasureAsync(loop, slice, cancellationToken) is { } histogram)
                {
                    Add(loop, loaded, histogram);
                }
            }
        }
    }

    private async Task<HistogramSnapshot?> MeasureAsync(BenchLoop loop, TimeSpan slice, CancellationToken cancellationToken)
    {
        if (loop != BenchLoop.Cyclictest)
        {
            var guard = loop == BenchLoop.Spin ? SpinGuard.Auto : SpinGuard.Off;
            var reading = await LoopProbe.MeasureAsync(new SamplingPace(Tick, guard, Everything), slice, clock, cancellationToken);
            _collections += reading.Collections;
            return reading.WakeUp;
        }

        try
        {
            return await Cyclictest.MeasureAsync(slice, cancellationToken);
        }
        catch (Exception cause) when (cause is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            _absence = cause.Message;
            return null;
        }
    }

    private void Add(BenchLoop loop, bool loaded, HistogramSnapshot histogram)
    {
        if (!_rounds.TryGetValue((loop, loaded), out var rounds))
        {
            _rounds.Add((loop, loaded), rounds = []);
        }

        rounds.Add(histogram);
    }

    private LoopLatency Summarise((BenchLoop Loop, bool Loaded) key)
    {
        var all = _rounds[key].Aggregate((one, other) => one.Plus(other));
        var hasReference = _rounds.TryGetValue((BenchLoop.Cyclictest, key.Loaded), out var references) && references.Count == _rounds[key].Count;
        var ratios = hasReference ? _rounds[key].Zip(references!, Ratio).Order().ToArray() : [];
        return new LoopLatency(key.Loop, key.Loaded, all, ratios.Length > 0 ? ratios[ratios.Length / 2] : null);
    }

    /// <summary>cyclictest counts whole microseconds: half of one is nothing.</summary>
    private static double Ratio(HistogramSnapshot ours, HistogramSnapshot reference) =>
        ours.PercentileNanos(0.99) / (double)Math.Max(500, reference.PercentileNanos(0.99));
}
