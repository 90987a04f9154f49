namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>
/// How many messages of one connection may be without acknowledgement: our own bound, and never more than the broker's Receive
/// Maximum (MQTT 5, 4.9). One loop enters, anyone leaves.
/// </summary>
internal sealed class PublishWindow(int limit)
{
    private int _inside;
    private volatile bool _isStuck;

    public int Limit => limit;

    /// <summary>A message was given up without an answer: the broker still counts it, so nothing but a new connection frees its place.</summary>
    public bool IsStuck
    {
        get => _isStuck;
        set => _isStuck = value;
    }

    public bool TryEnter()
    {
        if (Volatile.Read(ref _inside) >= limit)
        {
            return false;
        }

        Interlocked.Increment(ref _inside);
        return true;
    }

    public void Leave() => Interlocked.Decrement(ref _inside);
}
