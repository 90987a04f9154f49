using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>What a bench's figures mean: for which tick the machine is good, what limits it, and what to do about it.</summary>
internal static class BenchVerdict
{
    /// <summary>The ticks that people ask for: what serial lines need, what a robot's 500 Hz needs, the shortest one.</summary>
    public static readonly IReadOnlyList<int> TickMillis = [10, 2, 1];

    /// <summary>Good: one tick in a thousand is lost, and one in a thousand is late by a quarter of its period.</summary>
    private const double LostGood = 0.001;

    /// <summary>Borderline: one in a hundred.</summary>
    private const double LostBorderline = 0.01;

    /// <summary>At 1 kHz five seconds: of fewer, one in a thousand is a matter of chance.</summary>
    private const long WakeUpsMin = 5_000;

    private const long DiskSlowNanos = 20_000_000;
    private const long KernelSlowNanos = 250_000;
    private const double RatioHigh = 1.5;

    /// <summary>The clock sources that a program reads without asking the kernel.</summary>
    private static readonly string[] FastClocks = ["tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page"];

    /// <summary>The shortest tick that the machine is good for, in milliseconds; 0 for none.</summary>
    public static int Best(BenchResult bench) => TickMillis.Where(tick => Of(bench, tick, out _) == BenchWord.Good).Order().FirstOrDefault();

    /// <summary>Under load, sleeping to the deadline; or spinning, if only that does.</summary>
    public static BenchWord Of(BenchResult bench, int tickMillis, out bool needsSpin)
    {
        var plain = Of(bench.Of(BenchLoop.Plain, loaded: true), tickMillis);
        var spin = Of(bench.Of(BenchLoop.Spin, loaded: true), tickMillis);
        needsSpin = spin < plain;
        return needsSpin ? spin : plain;
    }

    /// <summary>What limits the machine, the gravest first.</summary>
    public static IEnumerable<BenchLimit> Limits(BenchResult bench)
    {
        if (bench.Latencies.Any(latency => latency.Histogram.Count < WakeUpsMin))
        {
            yield return new BenchLimit(
                "mesure trop courte pour en juger : moins de 5 s par boucle", "too short to judge by: less than 5 s of each loop", "ifedge bench --seconds 300");
        }

        foreach (var report in bench.Privileges.Where(report => report is { Asked: true, Granted: false }))
        {
            yield return new BenchLimit(PrivilegeWords.French(report), PrivilegeWords.English(report), Either(PrivilegeWords.Command(report), PrivilegeWords.Lasting(report)));
        }

        foreach (var limit in OfMachine(bench.Machine, bench.IsGranted(Privilege.Scheduling) ? bench.Of(BenchLoop.Plain, loaded: true) : null))
        {
            yield return limit;
        }

        if (bench.Latencies.Any(latency => latency is { Loop: BenchLoop.Plain, P99Ratio: > RatioHigh }))
        {
            yield return new BenchLimit(
                "notre boucle se réveille plus tard que cyclictest au même moment",
                "our loop wakes up later than cyclictest in the same rounds",
                bench.IsGranted(Privilege.Scheduling) ? "ifedge bench --seconds 300" : "");
        }

        if (bench.Disk.Count == 0)
        {
            yield return new BenchLimit($"le dossier {bench.Folder} ne s'écrit pas", $"the folder {bench.Folder} cannot be written", "--data");
        }
        else if (bench.Disk.PercentileNanos(0.99) > DiskSlowNanos)
        {
            yield return new BenchLimit("le disque met plus de 20 ms à tenir 4 Kio", "the disk takes more than 20 ms to hold 4 KiB", "SSD / NVMe");
        }
    }

    /// <param name="machine">The machine.</param>
    /// <param name="loaded">How our loop did under load with real-time priority; null: without, so that nothing is known of the kernel.</param>
    private static IEnumerable<BenchLimit> OfMachine(MachineFacts machine, HistogramSnapshot? loaded)
    {
        if (machine.IsVirtual)
        {
            yield return new BenchLimit(
                "machine virtuelle : l'hôte l'interrompt quand il veut", "virtual machine: its host interrupts it at will", "mesurer sur le PC industriel lui-même/measure on the industrial PC itself");
        }

        if (machine.Processors < 2)
        {
            yield return new BenchLimit("un seul processeur : la boucle et le service se le disputent", "one CPU only: loop and service contend for it", "2 CPU");
        }

        if (machine.Preemption != "rt" && loaded?.PercentileNanos(0.999) > KernelSlowNanos)
        {
            yield return new BenchLimit(
                "noyau sans PREEMPT_RT : p99.9 au-dessus de 250 us sous charge", "kernel without PREEMPT_RT: p99.9 above 250 us under load", "sudo apt install linux-image-rt-amd64");
        }

        if (machine.Governor.Length > 0 && machine.Governor != "performance")
        {
            yield return new BenchLimit($"fréquence variable ({machine.Governor})", $"frequency varies ({machine.Governor})", "sudo cpupower frequency-set -g performance");
        }

        if (machine.ClockSource.Length > 0 && !FastClocks.Contains(machine.ClockSource))
        {
            yield return new BenchLimit($"horloge lente ({machine.ClockSource})", $"slow clock ({machine.ClockSource})", "BIOS: TSC; clocksource=tsc");
        }
    }

    private static BenchWord Of(HistogramSnapshot? latencies, int tickMillis)
    {
        if (latencies is null || latencies.Count == 0)
        {
            return BenchWord.Unknown;
        }

        // At 1 kHz each latency stands for a millisecond, and what a long one swallowed counts too.
        var tickNanos = tickMillis * 1_000_000L;
        var ticks = (latencies.Count + latencies.TicksLost(1_000_000)) / (double)tickMillis;
        var lost = latencies.TicksLost(tickNanos) / ticks;
        if (lost <= LostGood && latencies.PercentileNanos(0.999) <= tickNanos / 4)
        {
            return BenchWord.Good;
        }

        return lost <= LostBorderline && latencies.PercentileNanos(0.99) <= tickNanos / 4 ? BenchWord.Borderline : BenchWord.Bad;
    }

    private static string Either(string command, string lasting) =>
        command.Length > 0 && lasting.Length > 0 ? $"{command}  |  {lasting}" : command + lasting;
}
