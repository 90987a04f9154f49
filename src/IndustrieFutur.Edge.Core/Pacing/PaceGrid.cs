using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>
/// The deadlines of a paced thread: one grid on the monotonic clock, off the kernel's own tick. A deadline that has passed before it
/// could be waited for is missed: counted and skipped, so that late work is never followed by a burst. Arithmetic only, no clock.
/// </summary>
[HotPath]
[StructLayout(LayoutKind.Auto)]
public struct PaceGrid
{
    /// <summary>
    /// The kernel's tick lies on whole milliseconds (1, 4 or 10, by HZ), and what is due then waits behind the kernel's own work
    /// (measured: +20 to 45 us at p99). A quarter of a millisecond later is off all of them.
    /// </summary>
    private const long PhaseNanosMax = 250_000;

    private readonly long _periodNanos;
    private readonly long _phaseNanos;
    private long _deadline;

    /// <param name="periodNanos">From one deadline to the next.</param>
    /// <param name="behindNanos">How far behind the usual phase: several loops of one machine are not to wake at once.</param>
    public PaceGrid(long periodNanos, long behindNanos = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(periodNanos);
        ArgumentOutOfRangeException.ThrowIfNegative(behindNanos);
        _periodNanos = periodNanos;
        _phaseNanos = (Math.Min(periodNanos / 4, PhaseNanosMax) + behindNanos) % periodNanos;
    }

    public readonly long PeriodNanos => _periodNanos;

    /// <summary>Deadlines that had passed before the work of the one before was done.</summary>
    public long Missed { get; private set; }

    /// <summary>The next deadline that is not yet past. The first call begins the grid: nothing before it was missed.</summary>
    public long Next(long monoNow)
    {
        if (_deadline == 0)
        {
            _deadline = monoNow - (monoNow % _periodNanos) + _phaseNanos;
        }

        _deadline += _periodNanos;
        if (_deadline < monoNow)
        {
            var passed = ((monoNow - _deadline - 1) / _periodNanos) + 1;
            Missed += passed;
            _deadline += passed * _periodNanos;
        }

        return _deadline;
    }
}
