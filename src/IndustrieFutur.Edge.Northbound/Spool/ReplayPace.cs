namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>How fast what is old may be sent, all streams together, so that what is live never waits for it. For the sink's loop.</summary>
internal sealed class ReplayPace(int samplesPerSecond)
{
    private const double NanosPerSecond = 1e9;

    /// <summary>A fifth of a second's worth at once: enough for a window of full messages at any sensible rate.</summary>
    private readonly double _burst = Math.Max(1_000, samplesPerSecond / 5.0);

    private double _left = Math.Max(1_000, samplesPerSecond / 5.0);
    private long _since;

    public bool MaySend(long monoNow)
    {
        _left = Math.Min(_burst, _left + (Math.Max(0, monoNow - _since) / NanosPerSecond * samplesPerSecond));
        _since = monoNow;
        return _left > 0;
    }

    /// <summary>A message may overdraw it; the next then waits the longer.</summary>
    public void Note(int samples) => _left -= samples;
}
