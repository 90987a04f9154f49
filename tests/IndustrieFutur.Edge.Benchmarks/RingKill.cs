using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Two processes on one ring, killed (-9) by turns at random moments and started again: every sample comes, in order, with its own text.</summary>
internal static class RingKill
{
    private const long ItemsMax = 10_000_000;
    private const int KillsMin = 4;
    private const int Seed = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static int Run(bool isWhole)
    {
        var items = isWhole ? 10 * ItemsMax : ItemsMax;
        var file = $"/dev/shm/ifedge-ring-kill-{Environment.ProcessId}";
        try
        {
            using (var stream = new FileStream(file, FileMode.CreateNew))
            {
                stream.SetLength(KilledRing.Bytes);
            }

            return Run(file, items);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int Run(string file, long items)
    {
        using var mapped = new MappedBlock(file);
        var ring = KilledRing.In(mapped.Memory);
        var random = new Random(Seed);
        Process[] ends = [Start("ring-kill-write", file, items), Start("ring-kill-read", file, items)];
        int[] kills = [0, 0];
        var (again, since) = (0L, Stopwatch.GetTimestamp());
        try
        {
            while (!(ends[1].HasExited && ends[0].HasExited))
            {
                if (Stopwatch.GetElapsedTime(since) > Limit)
                {
                    Console.WriteLine($"Not done within {Limit.TotalSeconds:0} s: {ring.Read} of {items}.");
                    return 1;
                }

                Pacer.SleepUntil(MonoClock.NowNanos() + random.Next(80, 250) * 1_000_000L);
                var victim = kills[0] <= kills[1] ? 0 : 1;
                if (ends[victim].HasExited)
                {
                    if (ends[1].HasExited)
                    {
                        break;
                    }

                    victim = 1;
                }

                ends[victim].Kill();
                ends[victim].WaitForExit();
                again += victim == 1 ? ring.Held : 0;
                kills[victim]++;
                ends[victim].Dispose();
                ends[victim] = Start(victim == 0 ? "ring-kill-write" : "ring-kill-read", file, items);
            }

            return Judge(ends, kills, again, items);
        }
        finally
        {
            foreach (var end in ends)
            {
                end.Kill();
                end.Dispose();
            }
        }
    }

    private static int Judge(Process[] ends, int[] kills, long again, long items)
    {
        Array.ForEach(ends, end => end.WaitForExit());
        var isRight = Array.TrueForAll(ends, end => end.ExitCode == 0);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{items} samples between two processes, the writer killed {kills[0]} times and the reader {kills[1]} times (seed {Seed}): {again} read again, {(isRight ? "each in order and with its text" : "NOT in order")}"));
        return isRight && Math.Min(kills[0], kills[1]) >= KillsMin ? 0 : 1;
    }

    private static Process Start(string verb, string file, long items)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [verb, file, items.ToString(CultureInfo.InvariantCulture)]);
        start.Environment["DOTNET_TieredCompilation"] = "0";
        return Process.Start(start)!;
    }
}
