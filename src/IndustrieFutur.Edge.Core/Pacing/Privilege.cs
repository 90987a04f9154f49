namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>What the kernel may grant a thread or process so that it wakes up in time.</summary>
public enum Privilege
{
    /// <summary>SCHED_FIFO: the thread runs before everything of normal priority (sched(7)).</summary>
    Scheduling,

    /// <summary>The thread stays on one CPU (sched_setaffinity(2)).</summary>
    Affinity,

    /// <summary>All memory of the process stays in RAM (mlockall(2)).</summary>
    MemoryLock,

    /// <summary>The CPU does not fall asleep too deep to wake up in time (/dev/cpu_dma_latency held at 0, PM QoS).</summary>
    CpuLatency,
}
