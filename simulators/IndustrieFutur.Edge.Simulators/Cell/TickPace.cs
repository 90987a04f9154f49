namespace IndustrieFutur.Edge.Simulators.Cell;

/// <summary>
/// Says how many ticks of a cell are due at a moment of the wall, and when to look again. After a hold-up the cell catches up at twice its
/// pace until it is on time; time is thrown away, and counted, only beyond <see cref="BehindMax"/>.
/// </summary>
internal sealed class TickPace
{
    /// <summary>50 ms of a cell at once at most: a hold-up that a controller's clients see as a pause and not as a flood.</summary>
    public const int BurstMax = 25;

    /// <summary>
    /// Twice the pace: clients have room for it where they have room for what is usual, a state that somebody polls for still stands half as
    /// long, and a second of hold-up is made good within a second.
    /// </summary>
    private const int CatchUp = 2;

    private readonly double _nanosPerTick;
    private double _originNanos;
    private double _creditNanos;
    private double _lookedNanos;
    private long _taken;

    /// <param name="speed">Times the wall's pace.</param>
    /// <param name="nowNanos">Monotonic: the moment from which on time passes.</param>
    public TickPace(double speed, long nowNanos)
    {
        _nanosPerTick = SimulatedTime.NanosPerTick / speed;
        (_originNanos, _lookedNanos) = (nowNanos, nowNanos);
    }

    /// <summary>Of the wall's time. Beyond, a machine was not busy for a moment but cannot do it, or stood still; to make good for it would be a day in a hurry.</summary>
    public static TimeSpan BehindMax => TimeSpan.FromSeconds(5);

    /// <summary>Ticks that were thrown away.</summary>
    public long Slipped { get; private set; }

    /// <summary>When the next tick may pass: when it is due, or when half a tick has gone by while the cell is late.</summary>
    public long NextNanos => (long)Math.Max(_originNanos + ((_taken + 1) * _nanosPerTick), _lookedNanos + ((_nanosPerTick - _creditNanos) / CatchUp)) + 1;

    /// <summary>Takes the ticks that are to pass now.</summary>
    public int Take(long nowNanos)
    {
        // What was not used while nobody was late is the room for a burst after a hold-up; it never grows beyond that.
        _creditNanos = Math.Min(_creditNanos + (CatchUp * (nowNanos - _lookedNanos)), BurstMax * _nanosPerTick);
        _lookedNanos = nowNanos;
        var due = Due(nowNanos);
        var ticks = (int)Math.Clamp(due, 0, (long)(_creditNanos / _nanosPerTick));
        _creditNanos -= ticks * _nanosPerTick;
        _taken += ticks;
        return ticks;
    }

    private long Due(long nowNanos)
    {
        var due = (long)((nowNanos - _originNanos) / _nanosPerTick) - _taken;
        var dueMax = (long)(BehindMax.TotalNanoseconds / _nanosPerTick);
        if (due <= dueMax)
        {
            return due;
        }

        var slipped = due - dueMax;
        Slipped += slipped;
        _originNanos += slipped * _nanosPerTick;
        return dueMax;
    }
}
