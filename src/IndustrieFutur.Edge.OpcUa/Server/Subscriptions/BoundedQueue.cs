namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The queue of a monitored item: full, it gives up its oldest entry or its newest, as the client chose (OPC UA Part 4, 5.12.1.5).</summary>
/// <remarks>Its array grows only as far as it is used: thousands of items with long queues that stay short cost little.</remarks>
internal sealed class BoundedQueue<T>(int size, bool discardOldest)
{
    private T[] _ring = [];
    private int _first;

    public int Count { get; private set; }

    public int Size { get; private set; } = size;

    public bool DiscardOldest { get; private set; } = discardOldest;

    public ref T this[int index] => ref _ring[(_first + index) % _ring.Length];

    /// <summary>Adds at the end; true when another entry was given up for it.</summary>
    public bool Add(T entry)
    {
        var isFull = Count == Size;
        if (isFull)
        {
            GiveUp();
        }
        else if (Count == _ring.Length)
        {
            Move(Math.Min(Math.Max(1, _ring.Length * 2), Size));
        }

        Count++;
        this[Count - 1] = entry;
        return isFull;
    }

    /// <summary>The oldest entry; there must be one.</summary>
    public T Take()
    {
        var oldest = this[0];
        this[0] = default!;
        _first = (_first + 1) % _ring.Length;
        Count--;
        return oldest;
    }

    public void Clear()
    {
        _ring = [];
        _first = 0;
        Count = 0;
    }

    /// <summary>Takes another size and another rule; true when entries were given up.</summary>
    public bool Resize(int size, bool discardOldest)
    {
        DiscardOldest = discardOldest;
        var hasLost = Count > size;
        while (Count > size)
        {
            GiveUp();
        }

        Size = size;
        Move(Count);
        return hasLost;
    }

    private void GiveUp()
    {
        if (DiscardOldest)
        {
            Take();
            return;
        }

        this[Count - 1] = default!;
        Count--;
    }

    private void Move(int capacity)
    {
        var ring = new T[capacity];
        for (var i = 0; i < Count; i++)
        {
            ring[i] = this[i];
        }

        _ring = ring;
        _first = 0;
    }
}
