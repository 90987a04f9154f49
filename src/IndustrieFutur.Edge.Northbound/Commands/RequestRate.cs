namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>Lets so many messages a second through, and as many at once after a quiet second. For one thread.</summary>
internal sealed class RequestRate(int perSecond, TimeProvider clock)
{
    private double _left = perSecond;
    private long _last = clock.GetTimestamp();

    public bool TryPass()
    {
        var now = clock.GetTimestamp();
        _left = Math.Min(perSecond, _left + (clock.GetElapsedTime(_last, now).TotalSeconds * perSecond));
        _last = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
