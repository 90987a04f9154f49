namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>How a reaction stands: armed or not, and when it was set off in the last hour.</summary>
internal sealed class ReactionState
{
    private const long HourNanos = 3_600_000_000_000;

    private readonly Queue<long> _firedMono = new();

    public bool IsArmed { get; set; } = true;

    public long Fired { get; private set; }

    public string LastEn { get; set; } = "";

    public int InHour(long monoNow)
    {
        while (_firedMono.TryPeek(out var fired) && monoNow - fired >= HourNanos)
        {
            _firedMono.Dequeue();
        }

        return _firedMono.Count;
    }

    /// <summary>It was set off before this service started. What lies in the future, because a clock was set back, counts for nothing.</summary>
    public void Recall(long monoNow, long ageMillis)
    {
        if (ageMillis is >= 0 and < HourNanos / 1_000_000)
        {
            _firedMono.Enqueue(monoNow - (ageMillis * 1_000_000));
        }
    }

    /// <summary>Bounded by the cap an hour, which is asked before.</summary>
    public void Fire(long monoNow)
    {
        Fired++;
        _firedMono.Enqueue(monoNow);
    }
}
