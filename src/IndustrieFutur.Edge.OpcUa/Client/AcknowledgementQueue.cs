namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>Acknowledgements that wait for the next Publish request. A ring taken at start-up: nothing is allocated while messages stream by.</summary>
internal sealed class AcknowledgementQueue
{
    /// <summary>Far more than a server keeps unacknowledged (some tens per subscription); full, the oldest goes, and the server drops that message by itself.</summary>
    private const int Capacity = 1024;

    private readonly Acknowledgement[] _ring = new Acknowledgement[Capacity];
    private int _first;

    public int Count { get; private set; }

    public void Add(Acknowledgement acknowledgement)
    {
        if (Count == Capacity)
        {
            _first = (_first + 1) % Capacity;
            Count--;
        }

        _ring[(_first + Count) % Capacity] = acknowledgement;
        Count++;
    }

    /// <summary>Takes the oldest ones, as many as there is room for.</summary>
    public int Take(Span<Acknowledgement> room)
    {
        var count = Math.Min(room.Length, Count);
        for (var i = 0; i < count; i++)
        {
            room[i] = _ring[_first];
            _first = (_first + 1) % Capacity;
        }

        Count -= count;
        return count;
    }

    /// <summary>A subscription that is gone has nothing to acknowledge.</summary>
    public void Forget(uint subscriptionId)
    {
        for (var left = Count; left > 0; left--)
        {
            var oldest = _ring[_first];
            _first = (_first + 1) % Capacity;
            Count--;
            if (oldest.SubscriptionId != subscriptionId)
            {
                Add(oldest);
            }
        }
    }
}
