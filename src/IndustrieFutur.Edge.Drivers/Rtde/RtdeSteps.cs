using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>
/// Counts lost packages by the steps of the controller's timestamp. What a step should be is learnt from the first ones and not from the
/// frequency that was asked for: an older controller sends at its own.
/// </summary>
[HotPath]
internal sealed class RtdeSteps
{
    /// <summary>The timestamp went back: the controller, or its clock, began anew.</summary>
    public const long Restarted = -1;

    /// <summary>Enough that not each of them lost a package, and 10 s of the slowest stream.</summary>
    private const int LearnCount = 10;

    /// <summary>A controller's cycle; those of 125 Hz make four of it. Every period is a multiple.</summary>
    private const long CycleNanos = 2_000_000;

    private long _firstNanos;
    private long _lastNanos;
    private long _leastNanos;
    private int _seen;

    /// <summary>From one package to the next by the controller's clock; 0 until it is known.</summary>
    public long PeriodNanos { get; private set; }

    /// <summary>Begins anew: nothing is known of the time between two connections.</summary>
    public void Restart()
    {
        _seen = 0;
        PeriodNanos = 0;
    }

    /// <summary>How many packages are missing before the one with this timestamp; <see cref="Restarted"/> when the timestamp went back.</summary>
    public long Take(long timestampNanos)
    {
        var stepNanos = timestampNanos - _lastNanos;
        if (_seen > 0 && stepNanos < 0)
        {
            Begin(timestampNanos);
            return Restarted;
        }

        _lastNanos = timestampNanos;
        if (_seen > LearnCount && stepNanos >= PeriodNanos - (PeriodNanos / 4))
        {
            return Missing(stepNanos, 1);
        }

        return Learn(timestampNanos, stepNanos);
    }

    /// <summary>The shortest step is the period, in whole cycles: a lost package makes one longer, nothing makes one much shorter. What was lost meanwhile is counted at the end.</summary>
    private long Learn(long timestampNanos, long stepNanos)
    {
        if (_seen == 0 || _seen > LearnCount)
        {
            // The first of all, or the controller sends faster than was learnt.
            Begin(timestampNanos);
            return 0;
        }

        _leastNanos = Math.Min(_leastNanos, stepNanos);
        _seen++;
        if (_seen <= LearnCount)
        {
            return 0;
        }

        PeriodNanos = Math.Max(1, (_leastNanos + (CycleNanos / 2)) / CycleNanos) * CycleNanos;
        return Missing(timestampNanos - _firstNanos, LearnCount);
    }

    private void Begin(long timestampNanos)
    {
        _firstNanos = timestampNanos;
        _lastNanos = timestampNanos;
        _leastNanos = long.MaxValue;
        _seen = 1;
        PeriodNanos = 0;
    }

    private long Missing(long nanos, int steps) => Math.Max(0, ((nanos + (PeriodNanos / 2)) / PeriodNanos) - steps);
}
