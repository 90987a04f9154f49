namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>
/// Tells of a subscription that lives and brings nothing any more: in a cluster of brokers it may hang on a node that no longer follows the others, while
/// every ping is answered. Whoever waits for something opens his connection anew, the more seldom the longer nothing comes. Any thread.
/// </summary>
public sealed class SilenceWatch
{
    /// <summary>Perhaps nobody speaks, all night: then it costs a connection in half an hour.</summary>
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patienceFirst;
    private TimeSpan _patience;
    private long _since;

    /// <param name="clock">Of the patience.</param>
    /// <param name="patience">Until it is over for the first time; twice as long each time nothing has come, up to half an hour.</param>
    public SilenceWatch(TimeProvider clock, TimeSpan patience)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (_clock, _patienceFirst, _patience, _since) = (clock, patience, patience, clock.GetTimestamp());
    }

    /// <summary>Only from now on is something waited for: a connection begins, or nobody has anything to say.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _since = _clock.GetTimestamp();
        }
    }

    /// <summary>What was waited for has come.</summary>
    public void Heard()
    {
        lock (_lock)
        {
            (_since, _patience) = (_clock.GetTimestamp(), _patienceFirst);
        }
    }

    /// <summary>True once for each connection that is to be opened anew.</summary>
    public bool IsOver()
    {
        lock (_lock)
        {
            if (_clock.GetElapsedTime(_since) < _patience)
            {
                return false;
            }

            _since = _clock.GetTimestamp();
            _patience = TimeSpan.FromTicks(Math.Min(_patience.Ticks * 2, PatienceMax.Ticks));
            return true;
        }
    }
}
