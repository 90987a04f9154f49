using System.Globalization;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>A million samples a second from ten drivers through the service's own sampling thread at 1 kHz, and what of a core that thread used.</summary>
internal static class LoopAtRate
{
    private const int Drivers = 10;
    private const int Signals = 10_000;
    private const int SamplesPerSecond = 1_000_000;

    /// <summary>What a writer that was kept from its CPU makes up for at a time: the rings hold eight times as many.</summary>
    private const int BurstMax = 20_000;

    /// <summary>Half a second: the spool's thread has no privilege.</summary>
    private const int OutputSamples = 524_288;

    public static (double PerSecond, double CoreShare) Run(TimeSpan span)
    {
        using var cell = new LoopCell(Drivers, Signals, OutputSamples);
        var writers = Array.ConvertAll(cell.Inputs, ring => new SampleWriter(ring, cell.Ledger, cell.Utc));
        var spooled = 0L;
        var realTime = new RealTimeSettings { Priority = 60, Cpu = Environment.ProcessorCount - 1 };
        using var sampling = new SamplingThread(cell.Loop, cell.Gauges, new SamplingPace(TimeSpan.FromMilliseconds(1), SpinGuard.Off, realTime));
        using var spool = new PacedThread("spool", TimeSpan.FromMilliseconds(20), ThreadPriority.Normal, () => spooled += cell.Empty(), () => spooled += cell.Empty());
        sampling.Start();
        spool.Start();

        // The first second compiles, and counts for nothing.
        var written = Feed(cell, writers, TimeSpan.FromSeconds(1));
        var (cpu, mono, moved) = (CpuNanosOf("sampling"), MonoClock.NowNanos(), cell.Loop.Moved);
        written += Feed(cell, writers, span);
        (cpu, mono, moved) = (CpuNanosOf("sampling") - cpu, MonoClock.NowNanos() - mono, cell.Loop.Moved - moved);
        sampling.Stop();
        spool.Stop();
        return spooled == written
            ? (moved * 1e9 / mono, (double)cpu / mono)
            : throw new InvalidOperationException($"Of {written} samples that were written {spooled} came out.");
    }

    /// <summary>Writes what is due by the clock each millisecond, and returns how many samples that were.</summary>
    private static long Feed(LoopCell cell, SampleWriter[] writers, TimeSpan span)
    {
        var pacer = new Pacer(TimeSpan.FromMilliseconds(1));
        var began = MonoClock.NowNanos();
        var written = 0L;
        while (MonoClock.NowNanos() - began < span.Ticks * 100)
        {
            pacer.WaitForNext();
            var now = MonoClock.NowNanos();
            var due = Math.Min((now - began) * SamplesPerSecond / 1_000_000_000, written + BurstMax);
            for (; written < due; written++)
            {
                var driver = (int)(written % writers.Length);
                if (!writers[driver].Write(cell.Next(driver), StatusCode.Good, written % LoopCell.Values, now))
                {
                    throw new InvalidOperationException("A ring of a sixth of a second was full: the sampling thread did not come.");
                }
            }
        }

        return written;
    }

    /// <summary>The CPU time of a thread of this process, which the kernel counts to the nanosecond (schedstat).</summary>
    private static long CpuNanosOf(string thread)
    {
        var task = Directory.EnumerateDirectories("/proc/self/task").Single(task => File.ReadAllText(Path.Combine(task, "comm")).Trim() == thread);
        return long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
