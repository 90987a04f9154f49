namespace IndustrieFutur.Edge.Northbound;

/// <summary>Something that strangers can bring about as often as they like and that is told once a minute at most. For one thread.</summary>
public sealed class RareWord(TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private long _told;
    private long _untold;

    /// <summary>True when it may be told now; <paramref name="untold"/> is how often it was not since the last time.</summary>
    public bool IsDue(out long untold)
    {
        untold = _untold;
        if (_told != 0 && clock.GetElapsedTime(_told) < Every)
        {
            _untold++;
            return false;
        }

        (_told, _untold) = (clock.GetTimestamp(), 0);
        return true;
    }
}
