using IndustrieFutur.Edge.App.Bench;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.App.Bench;

/// <summary>The verdict on a machine follows from its figures: which tick it holds, what limits it, what to do.</summary>
public sealed class BenchVerdictTests : IDisposable
{
    private readonly HotMemory _memory = new(16 * LatencyHistogram.BytesNeeded);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_quiet_machine_holds_a_millisecond_and_nothing_limits_it()
    {
        var bench = Bench(Latencies(10_000, 40_000), Latencies(10_000, 100));

        Assert.Equal(1, BenchVerdict.Best(bench));
        Assert.Empty(BenchVerdict.Limits(bench));
    }

    [Fact]
    public void Pauses_that_swallow_short_ticks_leave_the_long_ones()
    {
        // Two pauses of 2.4 ms in ten seconds: four ticks of 1 ms are lost, two of 2 ms, none of 10 ms.
        var bench = Bench(Latencies(10_000, 40_000, (2, 2_400_000)), Latencies(10_000, 40_000, (2, 2_400_000)));

        Assert.Equal(BenchWord.Good, BenchVerdict.Of(bench, 10, out _));
        Assert.Equal(BenchWord.Good, BenchVerdict.Of(bench, 1, out _));

        var worse = Bench(Latencies(10_000, 40_000, (20, 2_400_000)), Latencies(10_000, 40_000, (20, 2_400_000)));
        Assert.Equal(BenchWord.Good, BenchVerdict.Of(worse, 10, out _));
        Assert.Equal(BenchWord.Borderline, BenchVerdict.Of(worse, 2, out _));
        Assert.Equal(BenchWord.Borderline, BenchVerdict.Of(worse, 1, out _));
        Assert.Equal(10, BenchVerdict.Best(worse));
    }

    [Fact]
    public void What_only_spinning_holds_is_said_so()
    {
        var bench = Bench(Latencies(10_000, 40_000, (50, 600_000)), Latencies(10_000, 200));

        Assert.Equal(BenchWord.Good, BenchVerdict.Of(bench, 1, out var needsSpin));
        Assert.True(needsSpin);
        Assert.Equal(BenchWord.Good, BenchVerdict.Of(bench, 10, out needsSpin));
        Assert.False(needsSpin);
    }

    [Fact]
    public void A_machine_that_stalls_holds_nothing()
    {
        var bench = Bench(Latencies(1_000, 5_000_000), Latencies(1_000, 5_000_000));

        Assert.Equal(0, BenchVerdict.Best(bench));
        Assert.Equal(BenchWord.Bad, BenchVerdict.Of(bench, 10, out _));
        Assert.Contains(BenchVerdict.Limits(bench), limit => limit.English.Contains("PREEMPT_RT", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_thing_that_limits_is_named_with_what_to_do()
    {
        var refused = new PrivilegeReport(Privilege.CpuLatency, true, false, 13, 0);
        var bench = Bench(Latencies(1_000, 40_000), Latencies(1_000, 100), ratio: 1.8) with
        {
            Privileges = [refused, new PrivilegeReport(Privilege.Scheduling, true, true, 0, 80)],
            Machine = new MachineFacts("x", 1, "Linux", "full", 250, "hpet", "powersave", true),
            Disk = Latencies(10, 50_000_000),
        };

        var limits = BenchVerdict.Limits(bench).ToArray();

        string[] words = ["too short", "cpu_dma_latency", "virtual machine", "one CPU", "powersave", "hpet", "later than cyclictest", "disk"];
        Assert.Equal(words.Length, limits.Length);
        Assert.All(words.Zip(limits), pair => Assert.Contains(pair.First, pair.Second.English, StringComparison.Ordinal));
        Assert.All(limits, limit => Assert.NotEmpty(limit.Remedy));
    }

    [Fact]
    public void The_page_says_that_there_is_no_calibration()
    {
        var bench = Bench(Latencies(1_000, 40_000), Latencies(1_000, 100));

        var without = BenchText.Of(bench with { CyclictestAbsence = "sudo apt install rt-tests", Disk = HistogramSnapshot.Empty });
        var with = BenchText.Of(bench);

        Assert.Contains("WITHOUT CALIBRATION", without, StringComparison.Ordinal);
        Assert.Contains("sudo apt install rt-tests", without, StringComparison.Ordinal);
        Assert.Contains("calibrated: cyclictest ran in turn", with, StringComparison.Ordinal);
        Assert.StartsWith("VERDICT : cette machine tient un tick de 1 ms", with, StringComparison.Ordinal);
    }

    private static BenchResult Bench(HistogramSnapshot plain, HistogramSnapshot spin, double? ratio = null) => new()
    {
        At = DateTimeOffset.UnixEpoch,
        Machine = new MachineFacts("x", 4, "Linux", "full", 250, "tsc", "performance", false),
        Privileges = [new PrivilegeReport(Privilege.Scheduling, true, true, 0, 80)],
        Latencies = [new LoopLatency(BenchLoop.Plain, true, plain, ratio), new LoopLatency(BenchLoop.Spin, true, spin, null)],
        CyclictestAbsence = "",
        Collections = 0,
        RingNanosPerSample = 4,
        Folder = "/data",
        Disk = plain,
    };

    /// <summary>So many wake-ups of one latency, and some longer ones.</summary>
    private HistogramSnapshot Latencies(int count, long nanos, params (int Count, long Nanos)[] longer)
    {
        var histogram = new LatencyHistogram(_memory);
        foreach (var (times, latency) in longer.Append((count, nanos)))
        {
            for (var i = 0; i < times; i++)
            {
                histogram.Record(latency);
            }
        }

        return HistogramSnapshot.Of(histogram);
    }
}
