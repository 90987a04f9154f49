namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>So many requests a second, and a few more at once.</summary>
internal sealed class TokenBucket(double perSecond, double burst)
{
    private readonly double _burst = burst;
    private double _left = burst;
    private long _lastMono;

    public bool TryTake(long monoNow)
    {
        _left = Math.Min(_burst, _left + (Math.Max(0, monoNow - _lastMono) * 1e-9 * perSecond));
        _lastMono = Math.Max(monoNow, _lastMono);
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
