using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>
/// A loop's gauges since the start and of the last minute, so that yesterday's spike does not hide today. Keeps readings of the past;
/// the loop itself knows nothing of it. Any thread.
/// </summary>
internal sealed class LoopWindow
{
    private const long KeepEveryNanos = 10_000_000_000;
    private const long WindowNanos = 60_000_000_000;

    private readonly Lock _gate = new();
    private readonly LoopGauges _gauges;

    /// <summary>Oldest first; at most one is older than the window, so there are eight.</summary>
    private readonly Queue<LoopReading> _kept = new();
    private long _lastKept;

    public LoopWindow(LoopGauges gauges, long monoNow)
    {
        _gauges = gauges;
        Keep(monoNow);
    }

    /// <summary>To be called every second or so.</summary>
    public void Look(long monoNow)
    {
        lock (_gate)
        {
            if (monoNow - _lastKept >= KeepEveryNanos)
            {
                Keep(monoNow);
            }
        }
    }

    /// <summary>Since the loop began, and of the last minute: 60 to 70 s, less when it is younger.</summary>
    public (LoopReading SinceStart, LoopReading Recent) Read(long monoNow)
    {
        var all = LoopReading.Of(_gauges, monoNow);
        lock (_gate)
        {
            return (all, all.Since(_kept.Peek()));
        }
    }

    private void Keep(long monoNow)
    {
        _kept.Enqueue(LoopReading.Of(_gauges, monoNow));
        _lastKept = monoNow;
        while (_kept.Count > 1 && _kept.ElementAt(1).MonoNanos <= monoNow - WindowNanos)
        {
            _kept.Dequeue();
        }
    }
}
