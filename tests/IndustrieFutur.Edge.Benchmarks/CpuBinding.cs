using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Binds the thread that asks to one CPU and puts it ahead of all normal work (sched(7)): for runs of less than half a second.</summary>
internal static partial class CpuBinding
{
    /// <summary>Above the service's own threads would be pointless, above the kernel's would be harmful.</summary>
    private const int Priority = 60;

    private const int SchedOther = 0;
    private const int SchedFifo = 1;

    /// <summary>The CPU first: two spinning threads of one priority on one CPU would wait for one another for ever. False: no real-time priority.</summary>
    public static bool Enter(int cpu)
    {
        var mask = 1UL << (cpu % Environment.ProcessorCount);
        return SetAffinity(0, sizeof(ulong), mask) == 0 && Environment.ProcessorCount > 1 && SetScheduler(0, SchedFifo, Priority) == 0;
    }

    /// <summary>Back to normal work.</summary>
    public static void Leave() => _ = SetScheduler(0, SchedOther, 0);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, in ulong mask);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
