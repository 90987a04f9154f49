using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// Numbers that were sent and then made room before anybody said whether they arrived: neither stored nor dropped until a watermark
/// names them or somebody asks for them. Each with its signal, for the ledger; lowest first, in a ring that is taken once.
/// </summary>
[HotPath]
internal sealed unsafe class UndecidedDrops : IDisposable
{
    /// <summary>Of a number that an earlier run left: only how many there are of a signal is still known, not which.</summary>
    public const int UnknownSignal = int.MinValue;

    private readonly Entry* _entries;
    private readonly ulong _mask;
    private ulong _head;
    private ulong _tail;
    private bool _disposed;

    /// <param name="capacity">Numbers it can remember; a power of two.</param>
    public UndecidedDrops(ulong capacity)
    {
        _mask = capacity - 1;
        _entries = (Entry*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(Entry));
    }

    /// <summary>How many are undecided.</summary>
    public ulong Count { get; private set; }

    /// <summary>The lowest number that is undecided; 0 when none is.</summary>
    public ulong First => _head == _tail ? 0 : At(_head).Number;

    /// <summary>It remembers no more: the lowest has to be decided first.</summary>
    public bool IsFull => _tail - _head > _mask;

    /// <summary>Remembers a number. They come in order, but when a failing disk let a later one go before. Not when full.</summary>
    public void Add(ulong number, int signal)
    {
        var at = _tail++;
        for (; at > _head && At(at - 1).Number > number; at--)
        {
            At(at) = At(at - 1);
        }

        At(at) = new Entry { Number = number, Signal = signal };
        Count++;
    }

    /// <summary>The last undecided number below another one; 0 when none is.</summary>
    public ulong LastBelow(ulong number)
    {
        for (var at = Find(number); at > _head; at--)
        {
            if (!At(at - 1).IsDecided)
            {
                return At(at - 1).Number;
            }
        }

        return 0;
    }

    /// <summary>Takes the lowest undecided number of a range out; false: there is none.</summary>
    /// <param name="first">Where the range begins.</param>
    /// <param name="last">Where it ends.</param>
    /// <param name="number">The number, now decided.</param>
    /// <param name="signal">Its signal.</param>
    public bool TryDecide(ulong first, ulong last, out ulong number, out int signal)
    {
        for (var at = Find(first); at < _tail && At(at).Number <= last; at++)
        {
            ref var entry = ref At(at);
            if (!entry.IsDecided)
            {
                (number, signal) = (entry.Number, entry.Signal);
                entry.IsDecided = true;
                Count--;
                Trim();
                return true;
            }
        }

        (number, signal) = (0, 0);
        return false;
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.Free(_entries);
        }
    }

    private ref Entry At(ulong place) => ref _entries[place & _mask];

    private void Trim()
    {
        while (_head < _tail && At(_head).IsDecided)
        {
            _head++;
        }
    }

    /// <summary>The place of the first number that is not below this one.</summary>
    private ulong Find(ulong number)
    {
        var (low, high) = (_head, _tail);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (At(middle).Number < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private struct Entry
    {
        public ulong Number;
        public int Signal;
        public bool IsDecided;
    }
}
