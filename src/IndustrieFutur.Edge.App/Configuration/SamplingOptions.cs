using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>The pace of the sampling loop, and what it asks of the machine to keep it.</summary>
public sealed class SamplingOptions : IChecked
{
    /// <summary>Slower ticks do not notice what waking up from deep sleep takes (some 100 us), and the CPU may rest.</summary>
    private static readonly TimeSpan AwakeBelow = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan SpinMax = TimeSpan.FromTicks(SpinGuard.NanosMax / 100);

    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    [Description("How often the loop empties the drivers' rings. 10ms is below what any serial line delivers.")]
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(10);

    [Range(1_024, 1_048_576)]
    [Description("Samples each ring holds; rounded up to a power of two. 16,384 outlast a second's pause at 16,000 samples a second.")]
    public int RingSamples { get; init; } = 16_384;

    [Description("auto: the loop asks the kernel for real-time privileges and goes on without those it is refused; \"ifedge doctor\" says what grants them. off: it asks for none.")]
    public RealTimeMode RealTime { get; init; } = RealTimeMode.Auto;

    [Range(1, 99)]
    [Description("The loop's real-time priority (SCHED_FIFO). 80 is before the kernel's interrupt threads (50) and behind its own watchdogs (99).")]
    public int Priority { get; init; } = 80;

    [Range(0, 1_023)]
    [Description("The CPU that the loop stays on; without it, any.")]
    public int? Cpu { get; init; }

    [RegularExpression(@"^(off|auto|[0-9]+(\.[0-9]+)?us)$")]
    [Description("off: sleep to the deadline. auto: wake up a little before and spin the rest, as long as waking up is seen to take (20us to 200us): exact to a microsecond, costs up to a fifth of a core at 1ms. Or so long, at most \"200us\".")]
    public string Spin { get; init; } = "off";

    [Description("true: the process that samples stays in RAM whole (mlockall), 130 to 170 MB. Without it: an isolated sampler does, the service does not.")]
    public bool? LockMemory { get; init; }

    [Description("isolated: the loop, and every link but those of OPC UA, run in a process of their own (Linux), which neither a garbage collection nor a crash of the service holds up. external: the same, but that process is started by somebody else (config/examples/systemd). inProcess: they run in the service. Without it: isolated where the kernel grants real-time priority.")]
    public SamplerMode? Sampler { get; init; }

    /// <inheritdoc/>
    public void Check(Mistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        if (Durations.TryParse(Spin, out var spin, out _) && spin > SpinMax)
        {
            mistakes.Add($"\"{Spin}\" is too long; write \"200us\" at most, or \"auto\"", "spin");
        }

        if (Sampler is SamplerMode.Isolated or SamplerMode.External && !OperatingSystem.IsLinux())
        {
            mistakes.Add("a sampler of its own needs memory that processes share by name, which only Linux has here; write \"inProcess\"", "sampler");
        }
    }

    /// <summary>As the sampling thread takes it.</summary>
    /// <param name="isIsolated">In a process of its own, that is small enough to be locked into RAM.</param>
    public SamplingPace ToPace(bool isIsolated)
    {
        var spins = Spin != "off";
        var guard = Spin switch
        {
            "off" => SpinGuard.Off,
            "auto" => SpinGuard.Auto,
            _ => new SpinGuard(Durations.TryParse(Spin, out var spin, out _) ? spin.Ticks * 100 : 0),
        };
        var realTime = RealTime == RealTimeMode.Off ? RealTimeSettings.Off : new RealTimeSettings
        {
            Priority = Priority,
            Cpu = Cpu,
            LockMemory = LockMemory ?? isIsolated,
            HoldCpuAwake = spins || Tick <= AwakeBelow,
        };
        return new SamplingPace(Tick, guard, realTime);
    }
}
