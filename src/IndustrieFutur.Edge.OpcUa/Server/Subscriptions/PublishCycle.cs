namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>
/// When a subscription wants to send: its publishing timer, its keep-alive counter and its lifetime counter (OPC UA Part 4, 5.13.1.2).
/// </summary>
/// <remarks>
/// The states of the standard: NORMAL is not wanting, LATE is wanting while no Publish request waits, KEEPALIVE is not wanting with a count
/// of quiet intervals above 0. Counters count up here.
/// </remarks>
internal sealed class PublishCycle
{
    private PublishRhythm _rhythm;
    private bool _hasSent;
    private uint _quietIntervals;
    private uint _unheardIntervals;

    public PublishCycle(PublishRhythm rhythm, long monoNow)
    {
        _rhythm = rhythm;
        NextMonoNanos = monoNow + rhythm.IntervalNanos;
    }

    public PublishRhythm Rhythm => _rhythm;

    /// <summary>When the publishing timer goes off.</summary>
    public long NextMonoNanos { get; private set; }

    /// <summary>There is something to send as soon as a Publish request waits.</summary>
    public bool Wants { get; private set; }

    /// <summary>The longest waiting of those with the same priority goes first.</summary>
    public long WantsSinceMonoNanos { get; private set; }

    /// <summary>Even when there is nothing to tell: the first message, and the keep-alive.</summary>
    public bool OwesMessage { get; private set; }

    /// <summary>The client has not been heard for the whole lifetime.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The client has asked for something of this subscription, or has sent a Publish request.</summary>
    public void Heard() => _unheardIntervals = 0;

    /// <summary>A new rhythm begins now (ModifySubscription).</summary>
    public void Change(PublishRhythm rhythm, long monoNow)
    {
        _rhythm = rhythm;
        NextMonoNanos = monoNow + rhythm.IntervalNanos;
        Heard();
    }

    /// <summary>The publishing timer, if it is due.</summary>
    /// <param name="hasNotifications">Something is queued, and publishing is enabled.</param>
    /// <param name="hasRequest">A Publish request of the session waits: the client lives.</param>
    public void Elapse(long monoNow, bool hasNotifications, bool hasRequest)
    {
        if (monoNow < NextMonoNanos)
        {
            return;
        }

        // Intervals that were missed as a whole count once: the timer keeps its beat.
        NextMonoNanos += ((monoNow - NextMonoNanos) / _rhythm.IntervalNanos * _rhythm.IntervalNanos) + _rhythm.IntervalNanos;
        _unheardIntervals = hasRequest ? 0 : _unheardIntervals + 1;
        IsOver = _unheardIntervals >= _rhythm.LifetimeCount;
        _quietIntervals = Math.Min(_quietIntervals + 1, _rhythm.KeepAliveCount);
        OwesMessage |= !_hasSent || _quietIntervals >= _rhythm.KeepAliveCount;
        if (hasNotifications || OwesMessage)
        {
            Want(monoNow);
        }
    }

    /// <summary>A message went out; with more to tell it wants to send again at once, behind the others.</summary>
    public void Sent(long monoNow, bool hasMore)
    {
        _hasSent = true;
        _quietIntervals = 0;
        _unheardIntervals = 0;
        OwesMessage = false;
        Wants = false;
        if (hasMore)
        {
            Want(monoNow);
        }
    }

    /// <summary>What there was to tell is gone again: an item was deleted or disabled.</summary>
    public void Withdraw() => Wants = OwesMessage;

    private void Want(long monoNow)
    {
        WantsSinceMonoNanos = Wants ? WantsSinceMonoNanos : monoNow;
        Wants = true;
    }
}
