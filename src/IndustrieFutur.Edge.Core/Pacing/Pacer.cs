using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>
/// Waits for absolute deadlines on the monotonic clock: sleeps, then spins the last microseconds when it may. A deadline that was
/// missed is counted and skipped, never caught up in a burst. On Linux it sleeps with clock_nanosleep; elsewhere with the portable,
/// coarser timer.
/// </summary>
public sealed partial class Pacer
{
    private const int ClockMonotonic = 1;
    private const int TimerAbstime = 1;
    private const int Interrupted = 4;

    private PaceGrid _grid;
    private SpinGuard _guard;
    private long _missed;

    /// <param name="period">
    /// From one deadline to the next; a millisecond or more. Below that the kernel's real-time budget, a virtual machine's host and a
    /// garbage collection each cost many deadlines at once, and no device that is read here answers faster.
    /// </param>
    public Pacer(TimeSpan period)
        : this(period, SpinGuard.Off)
    {
    }

    /// <param name="period">From one deadline to the next; a millisecond or more.</param>
    /// <param name="guard">How much of the wait is spun.</param>
    /// <param name="behind">How far behind the usual phase.</param>
    public Pacer(TimeSpan period, SpinGuard guard, TimeSpan behind = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        _guard = guard;
        _grid = new PaceGrid(period.Ticks * 100, behind.Ticks * 100);
    }

    /// <summary>Deadlines that had passed before the work of the one before was done.</summary>
    public long Missed => Volatile.Read(ref _missed);

    /// <summary>How much of each wait is spun now.</summary>
    public long GuardNanos => _guard.Nanos;

    /// <summary>Waits for the next deadline that is still to come and returns it, in monotonic nanoseconds. Never returns early.</summary>
    public long WaitForNext()
    {
        var now = MonoClock.NowNanos();
        var deadline = _grid.Next(now);
        Volatile.Write(ref _missed, _grid.Missed);

        // Every wait sleeps, however short: a thread of real-time priority that only spun would keep its core from everybody.
        var wake = deadline - _guard.Nanos;
        if (wake <= now)
        {
            SleepUntil(deadline);
            return deadline;
        }

        SleepUntil(wake);
        if (_guard.Nanos > 0)
        {
            _guard.Learn(MonoClock.NowNanos() - wake);
            SpinUntil(deadline);
        }

        return deadline;
    }

    /// <summary>Sleeps until a monotonic instant, never less. Allocates nothing; returns at once when it has passed.</summary>
    public static void SleepUntil(long monoNanos)
    {
        if (OperatingSystem.IsLinux())
        {
            SleepOnLinux(monoNanos);
            return;
        }

        SleepPortably(monoNanos);
    }

    /// <summary>In whole milliseconds of the system's timer, rounded up: late by what that timer is coarse.</summary>
    internal static void SleepPortably(long monoNanos)
    {
        for (var left = monoNanos - MonoClock.NowNanos(); left > 0; left = monoNanos - MonoClock.NowNanos())
        {
#pragma warning disable RS0030 // The pacer is the one place that may sleep.
            Thread.Sleep((int)Math.Min((left + 999_999) / 1_000_000, int.MaxValue));
#pragma warning restore RS0030
        }
    }

    private static void SpinUntil(long monoNanos)
    {
        while (MonoClock.NowNanos() < monoNanos)
        {
        }
    }

    [SupportedOSPlatform("linux")]
    private static unsafe void SleepOnLinux(long monoNanos)
    {
        var until = new Timespec { Seconds = monoNanos / 1_000_000_000, Nanos = monoNanos % 1_000_000_000 };

        // Interrupted by a signal: the deadline is absolute, so it is simply asked for again.
        while (ClockNanosleep(ClockMonotonic, TimerAbstime, &until, null) == Interrupted)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static unsafe partial int ClockNanosleep(int clock, int flags, Timespec* request, Timespec* remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanos;
    }
}
