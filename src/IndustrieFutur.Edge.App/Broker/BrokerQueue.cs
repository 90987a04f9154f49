namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// Messages and bytes of one client's queue, and of what it has not acknowledged. They never fall below nothing: what the server queues by itself
/// (retained messages, a session that goes on) is not added, and is taken.
/// </summary>
internal sealed class BrokerQueue
{
    private readonly Lock _lock = new();
    private long _waiting;
    private int _waitingCount;
    private long _unacknowledged;
    private int _unacknowledgedCount;

    public long Unacknowledged => Interlocked.Read(ref _unacknowledged);

    public int UnacknowledgedCount => Volatile.Read(ref _unacknowledgedCount);

    /// <summary>False when there is no room for one more message of so many bytes.</summary>
    public bool TryWait(long bytes, long bytesMax, int countMax)
    {
        lock (_lock)
        {
            var hasRoom = _waiting + bytes <= bytesMax && _waitingCount < countMax;
            _waiting += hasRoom ? bytes : 0;
            _waitingCount += hasRoom ? 1 : 0;
            return hasRoom;
        }
    }

    /// <summary>What was to wait does not.</summary>
    public void GiveUp(long bytes)
    {
        lock (_lock)
        {
            TakeOff(bytes);
        }
    }

    public void Send(long bytes, bool isToBeAcknowledged)
    {
        lock (_lock)
        {
            TakeOff(bytes);
            _unacknowledged += isToBeAcknowledged ? bytes : 0;
            _unacknowledgedCount += isToBeAcknowledged ? 1 : 0;
        }
    }

    public void Acknowledge(long bytes)
    {
        lock (_lock)
        {
            _unacknowledged = Math.Max(0, _unacknowledged - bytes);
            _unacknowledgedCount = Math.Max(0, _unacknowledgedCount - 1);
        }
    }

    /// <summary>Where nothing waits, nothing does: no miscount outlives an empty queue.</summary>
    private void TakeOff(long bytes)
    {
        _waitingCount = Math.Max(0, _waitingCount - 1);
        _waiting = _waitingCount == 0 ? 0 : Math.Max(0, _waiting - bytes);
    }
}
