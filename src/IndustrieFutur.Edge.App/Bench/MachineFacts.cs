using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>What of a machine decides how well it keeps time, as its kernel tells it; empty where it tells nothing.</summary>
/// <param name="Processor">The model.</param>
/// <param name="Processors">How many the process may use.</param>
/// <param name="Kernel">Name and release.</param>
/// <param name="Preemption">How far the kernel lets itself be interrupted: rt, full, lazy, voluntary, none.</param>
/// <param name="KernelHz">The kernel's ticks a second, as its coarse clock shows them; 0 when it does not.</param>
/// <param name="ClockSource">What the kernel reads the time from.</param>
/// <param name="Governor">How the frequency of the first CPU is chosen.</param>
/// <param name="IsVirtual">It runs beside others under a hypervisor.</param>
internal sealed record MachineFacts(
    string Processor, int Processors, string Kernel, string Preemption, int KernelHz, string ClockSource, string Governor, bool IsVirtual)
{
    /// <summary>Steps of the coarse clock that are looked at: 40 ms at 250 Hz.</summary>
    private const int Steps = 10;

    /// <summary>Common settings of CONFIG_HZ; 64 is that of Windows.</summary>
    private static readonly int[] Rates = [64, 100, 250, 300, 500, 1_000];

    public static MachineFacts Read()
    {
        var description = ReadText("/proc/cpuinfo");
        return new MachineFacts(
            Line(description, "model name") is { Length: > 0 } model ? model : RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            ReadText("/proc/sys/kernel/osrelease").Trim() is { Length: > 0 } release ? $"{RuntimeInformation.OSDescription}, {release}" : RuntimeInformation.OSDescription,
            PreemptionOf(ReadText("/proc/version"), ReadText("/sys/kernel/debug/sched/preempt"), ReadText("/sys/kernel/realtime")),
            MeasureHz(),
            ReadText("/sys/devices/system/clocksource/clocksource0/current_clocksource").Trim(),
            ReadText("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").Trim(),
            Line(description, "flags").Split(' ').Contains("hypervisor"));
    }

    /// <param name="version">/proc/version: the kernel's build flags stand there.</param>
    /// <param name="dynamic">/sys/kernel/debug/sched/preempt: the mode in brackets that a dynamic kernel has chosen; for root only.</param>
    /// <param name="realTime">/sys/kernel/realtime: 1 on a PREEMPT_RT kernel.</param>
    internal static string PreemptionOf(string version, string @dynamic, string realTime)
    {
        if (realTime.Trim() == "1" || version.Contains("PREEMPT_RT", StringComparison.Ordinal))
        {
            return "rt";
        }

        var (open, close) = (@dynamic.IndexOf('(', StringComparison.Ordinal), @dynamic.IndexOf(')', StringComparison.Ordinal));
        return open >= 0 && close > open
            ? @dynamic[(open + 1)..close]
            : version.Contains("PREEMPT_DYNAMIC", StringComparison.Ordinal) ? "dynamic"
            : version.Contains("PREEMPT", StringComparison.Ordinal) ? "full"
            : "";
    }

    /// <summary>The runtime's coarse clock moves with the kernel's tick (core.md, 2.3): its steps, by the fine one.</summary>
    private static int MeasureHz()
    {
        var first = NextStep(Environment.TickCount64);
        var last = first;
        for (var i = 0; i < Steps && last.At > 0; i++)
        {
            last = NextStep(last.Coarse);
        }

        if (last.At == 0)
        {
            return 0;
        }

        var hz = Steps * 1e9 / (last.At - first.At);
        return Rates.MinBy(rate => Math.Abs(rate - hz));
    }

    /// <summary>When the coarse clock next moves; at 0 when it does not within 100 ms.</summary>
    private static (long Coarse, long At) NextStep(long coarse)
    {
        var until = MonoClock.NowNanos() + 100_000_000;
        for (var now = MonoClock.NowNanos(); now < until; now = MonoClock.NowNanos())
        {
            if (Environment.TickCount64 != coarse)
            {
                return (Environment.TickCount64, now);
            }
        }

        return (coarse, 0);
    }

    private static string Line(string text, string key) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim() ?? "";

    private static string ReadText(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
