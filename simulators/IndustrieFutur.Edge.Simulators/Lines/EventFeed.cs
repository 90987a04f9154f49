using System.Diagnostics.CodeAnalysis;

namespace IndustrieFutur.Edge.Simulators.Lines;

/// <summary>What a device has to tell by itself, numbered from 1; each conversation takes it at its own pace. Full, the oldest goes.</summary>
internal sealed class EventFeed<T>(int capacity)
    where T : notnull
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _items = new(capacity);
    private long _last;

    /// <summary>The number of the newest; 0 before the first.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    public void Add(T item)
    {
        lock (_gate)
        {
            if (_items.Count == capacity)
            {
                _items.Dequeue();
            }

            _items.Enqueue(item);
            _last++;
        }
    }

    /// <summary>The first item after a number, and its own; false: there is none yet, and the number stays.</summary>
    public bool TryNext(long after, out long number, [MaybeNullWhen(false)] out T item)
    {
        lock (_gate)
        {
            (number, item) = (after, default);
            if (after >= _last)
            {
                return false;
            }

            var oldest = _last - _items.Count + 1;
            number = Math.Max(after + 1, oldest);
            item = _items.ElementAt((int)(number - oldest));
            return true;
        }
    }
}
