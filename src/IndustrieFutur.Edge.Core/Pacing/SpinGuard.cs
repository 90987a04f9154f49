using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>
/// How long before its deadline a thread wakes up to spin the rest: as long as waking up takes in 99 of 100 cases, learnt from its own
/// wake-ups, between 20 and 200 us. Arithmetic only, no clock.
/// </summary>
[HotPath]
[StructLayout(LayoutKind.Auto)]
public struct SpinGuard
{
    /// <summary>The bound: beyond it spinning costs a fifth of a core at 1 kHz and gains nothing (core.md, 2.3: 60 to 100 us do).</summary>
    public const long NanosMax = 200_000;

    private const long NanosMin = 20_000;
    private const long NanosFirst = 100_000;

    /// <summary>A late wake-up widens the guard by 99 steps, any other narrows it by one: it rests where one in a hundred is late.</summary>
    private const long StepNanos = 50;

    private const long Others = 99;

    private readonly bool _learns;

    /// <summary>Always the same length, at most 200 us; 0 never spins.</summary>
    public SpinGuard(long nanos)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanos);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanos, NanosMax);
        Nanos = nanos;
    }

    private SpinGuard(long nanos, bool learns)
    {
        Nanos = nanos;
        _learns = learns;
    }

    /// <summary>Never spins: sleeps to the deadline.</summary>
    public static SpinGuard Off => new(0, false);

    /// <summary>Learns its length.</summary>
    public static SpinGuard Auto => new(NanosFirst, true);

    /// <summary>Now; 0: no spinning.</summary>
    public long Nanos { get; private set; }

    /// <summary>Learns from a wake-up that came so long after the instant that was slept for.</summary>
    public void Learn(long lateNanos)
    {
        if (_learns)
        {
            Nanos = Math.Clamp(lateNanos > Nanos ? Nanos + (Others * StepNanos) : Nanos - StepNanos, NanosMin, NanosMax);
        }
    }
}
