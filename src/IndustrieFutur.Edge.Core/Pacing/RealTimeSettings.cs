namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>Which privileges a sampling thread asks for.</summary>
public sealed record RealTimeSettings
{
    /// <summary>Asks for nothing: normal scheduling.</summary>
    public static RealTimeSettings Off { get; } = new() { Priority = 0 };

    /// <summary>SCHED_FIFO's, 1 to 99; 0 stays with normal scheduling.</summary>
    public int Priority { get; init; } = 80;

    /// <summary>The CPU to stay on; null: wherever the kernel likes.</summary>
    public int? Cpu { get; init; }

    /// <summary>Lock the whole process into RAM. With the runtime's reservations that is 130 to 170 MB resident (core.md, 2.9).</summary>
    public bool LockMemory { get; init; }

    /// <summary>Keep the CPUs from deep sleep: costs power, and gains what a wake-up from deep sleep takes, up to some 100 us.</summary>
    public bool HoldCpuAwake { get; init; }
}
