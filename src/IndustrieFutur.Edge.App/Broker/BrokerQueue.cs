namespace IndustrieFutur.Edge.App.Broker;

/// <summary>The counts of one client's queue. They never fall below nothing: what the server queues by itself is not added, and is taken.</summary>
internal sealed class BrokerQueue
{
    private readonly Lock _lock = new();
    private long _waitingBytes;
    private int _unacknowledged;

    public long WaitingBytes => Interlocked.Read(ref _waitingBytes);

    public void Add(long bytes) => Interlocked.Add(ref _waitingBytes, bytes);

    public void Take(long bytes)
    {
        lock (_lock)
        {
            Interlocked.Add(ref _waitingBytes, -Math.Min(bytes, WaitingBytes));
        }
    }

    public int Sent() => Interlocked.Increment(ref _unacknowledged);

    public void Acknowledged()
    {
        lock (_lock)
        {
            Interlocked.Add(ref _unacknowledged, _unacknowledged > 0 ? -1 : 0);
        }
    }
}
