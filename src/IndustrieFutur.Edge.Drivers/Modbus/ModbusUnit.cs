namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>
/// One device behind the link, with its circuit breaker: after some silences in a row it is asked once in a growing pause only, so
/// that a dead unit takes one timeout a pause from the others on its line.
/// </summary>
internal sealed class ModbusUnit(byte number, TimeSpan timeout, TimeSpan pause, int retries, int[] signals, ModbusUnitStatistics statistics)
{
    /// <summary>A unit that restarts is back within a second of being so, at first.</summary>
    private const long FirstProbePauseNanos = 1_000_000_000;

    /// <summary>Growing to so much: a timeout of 300 ms then costs the line 3 % of its time.</summary>
    private const long LongestProbePauseNanos = 10_000_000_000;

    private readonly long _pauseNanos = pause.Ticks * TimeSpan.NanosecondsPerTick;
    private long _probePauseNanos;

    public byte Number { get; } = number;

    public TimeSpan Timeout { get; } = timeout;

    public int[] Signals { get; } = signals;

    public ModbusUnitStatistics Statistics { get; } = statistics;

    /// <summary>Not asked before: its own pause after an answer, or the pause between two probes.</summary>
    public long NotBeforeMonoNanos { get; private set; }

    /// <summary>Its own pause after an answer or a silence: not even an order is sent before. A probe's pause keeps no order waiting.</summary>
    public long RestsUntilMonoNanos { get; private set; }

    /// <summary>Requests in a row that met silence.</summary>
    public int Silences { get; private set; }

    /// <summary>Its signals say BadNoCommunication.</summary>
    public bool IsLost { get; set; }

    public void Reset()
    {
        NotBeforeMonoNanos = 0;
        RestsUntilMonoNanos = 0;
        Silences = 0;
        _probePauseNanos = 0;
        Statistics.IsSilent = false;
    }

    public void Answered(long monoNow)
    {
        Silences = 0;
        _probePauseNanos = 0;
        RestsUntilMonoNanos = monoNow + _pauseNanos;
        NotBeforeMonoNanos = RestsUntilMonoNanos;
        Statistics.IsSilent = false;
    }

    /// <summary>One more silence; true when the breaker is open after it.</summary>
    public bool FellSilent(long monoNow)
    {
        Silences++;
        RestsUntilMonoNanos = monoNow + _pauseNanos;
        if (Silences <= retries)
        {
            NotBeforeMonoNanos = RestsUntilMonoNanos;
            return false;
        }

        _probePauseNanos = _probePauseNanos == 0 ? FirstProbePauseNanos : Math.Min(2 * _probePauseNanos, LongestProbePauseNanos);
        NotBeforeMonoNanos = monoNow + _probePauseNanos;
        Statistics.IsSilent = true;
        return true;
    }
}
