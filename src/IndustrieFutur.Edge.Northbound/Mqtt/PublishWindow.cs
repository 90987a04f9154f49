namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>
/// How many messages of one connection may be without acknowledgement: our own bound, and never more than the broker's Receive
/// Maximum (MQTT 5, 4.9). One loop enters, anyone leaves.
/// </summary>
internal sealed class PublishWindow(int limit)
{
    private int _inside;
    private volatile bool _isStuck;
    private volatile bool _hasTimedOut;

    public int Limit => limit;

    /// <summary>A message was given up without an answer: the broker still counts it, so nothing but a new connection frees its place.</summary>
    public bool IsStuck => _isStuck;

    /// <summary>It was given up because the broker took too long.</summary>
    public bool HasTimedOut => _hasTimedOut;

    public bool TryEnter()
    {
        if (Volatile.Read(ref _inside) >= limit)
        {
            return false;
        }

        Interlocked.Increment(ref _inside);
        return true;
    }

    /// <summary>A message that keeps its place: no answer will free it.</summary>
    /// <param name="timedOut">The broker took too long; else the connection failed.</param>
    public void GiveUp(bool timedOut)
    {
        _hasTimedOut |= timedOut;
        _isStuck = true;
    }

    public void Leave() => Interlocked.Decrement(ref _inside);
}
