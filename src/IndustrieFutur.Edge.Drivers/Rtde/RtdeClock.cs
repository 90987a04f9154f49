using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Drivers.Rtde;

/// <summary>
/// Puts the controller's timestamps on our monotonic clock. A package arrives late but never early, so the least difference between arrival
/// and timestamp within a second is the offset of the clocks: samples keep the controller's even steps, whatever held the packages up.
/// </summary>
/// <remarks>
/// A time that comes out always lies after the one before and never after the package's arrival, but for the nanoseconds that this takes. The offset falls at once and rises once a
/// second, to the least difference of that second: two clocks drift apart by less than 0.1 ms in it, and a pause of the network does not count
/// while one package of the second came in time. What stays is the least delay of the network, which only a common clock could tell.
/// </remarks>
[HotPath]
internal sealed class RtdeClock
{
    /// <summary>Drift stays below a tenth of the shortest cycle; a controller silent for longer is taken for lost.</summary>
    private const long WindowNanos = 1_000_000_000;

    private long _offsetNanos;
    private long _leastNanos;
    private long _windowEndMonoNanos;
    private long _lastMonoNanos;
    private bool _hasOffset;

    /// <summary>The offset is to be measured anew; times go on rising.</summary>
    public void Restart() => _hasOffset = false;

    /// <summary>The monotonic time of a package.</summary>
    public long ToMono(long timestampNanos, long arrivalMonoNanos)
    {
        var difference = arrivalMonoNanos - timestampNanos;
        if (!_hasOffset)
        {
            _hasOffset = true;
            _offsetNanos = difference;
            OpenWindow(arrivalMonoNanos);
        }

        if (arrivalMonoNanos >= _windowEndMonoNanos)
        {
            _offsetNanos = Math.Max(_offsetNanos, _leastNanos);
            OpenWindow(arrivalMonoNanos);
        }

        _leastNanos = Math.Min(_leastNanos, difference);
        _offsetNanos = Math.Min(_offsetNanos, difference);
        return Rising(timestampNanos + _offsetNanos);
    }

    /// <summary>The time of a package without a timestamp: its arrival.</summary>
    public long Rising(long monoNanos)
    {
        _lastMonoNanos = Math.Max(monoNanos, _lastMonoNanos + 1);
        return _lastMonoNanos;
    }

    private void OpenWindow(long monoNanos)
    {
        _windowEndMonoNanos = monoNanos + WindowNanos;
        _leastNanos = long.MaxValue;
    }
}
