namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>The signals that are asked for at one interval, one after the other, and when the next question is due.</summary>
internal sealed class DashboardGroup(DashboardSignal[] signals, long intervalNanos)
{
    private int _next;

    public long DueMonoNanos { get; private set; }

    /// <summary>A new connection: everything is due.</summary>
    public void Restart(long monoNow)
    {
        _next = 0;
        DueMonoNanos = monoNow;
    }

    /// <summary>The signal whose turn it is.</summary>
    public DashboardSignal Current => signals[_next];

    /// <summary>It was answered. After the last one the group rests until its next beat; those that had passed meanwhile are not caught up.</summary>
    public void Advance(long monoNow)
    {
        _next++;
        if (_next < signals.Length)
        {
            return;
        }

        _next = 0;
        var beats = Math.Max(0, monoNow - DueMonoNanos) / intervalNanos;
        DueMonoNanos += (beats + 1) * intervalNanos;
    }
}
