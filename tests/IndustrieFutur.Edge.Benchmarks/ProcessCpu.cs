using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The CPU time of any process, all its threads that live or have ended, to the nanosecond: the measure of ours and theirs alike.</summary>
internal static partial class ProcessCpu
{
    /// <summary>The kernel's way to name another process's clock (CPUCLOCK_SCHED of time/posix-timers.h).</summary>
    private const int SchedulerClock = 2;

    public static unsafe long NanosOf(int processId)
    {
        Timespec time;
        return ClockGetTime((~processId << 3) | SchedulerClock, &time) == 0
            ? (time.Seconds * 1_000_000_000) + time.Nanos
            : throw new InvalidOperationException($"The CPU time of process {processId} cannot be read: it has ended.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static unsafe partial int ClockGetTime(int clock, Timespec* time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanos;
    }
}
