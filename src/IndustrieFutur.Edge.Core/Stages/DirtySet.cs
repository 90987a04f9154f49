using System.Numerics;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>
/// Numbers that are given back in rising order: what is to be evaluated in this tick, in the order in which one depends on another. Bits
/// over bits over bits, so that finding the next costs three looks, and an empty set one.
/// </summary>
[HotPath]
internal sealed class DirtySet
{
    private readonly ulong[] _low;
    private readonly ulong[] _middle;
    private readonly ulong[] _high;

    /// <param name="count">Numbers from 0 to below this.</param>
    public DirtySet(int count)
    {
        _low = new ulong[Words(count)];
        _middle = new ulong[Words(_low.Length)];
        _high = new ulong[Words(_middle.Length)];
    }

    public void Add(int number)
    {
        _low[number >> 6] |= 1ul << (number & 63);
        _middle[number >> 12] |= 1ul << ((number >> 6) & 63);
        _high[number >> 18] |= 1ul << ((number >> 12) & 63);
    }

    /// <summary>Takes the smallest out; -1 when there is none.</summary>
    public int TakeFirst()
    {
        for (var i = 0; i < _high.Length; i++)
        {
            if (_high[i] != 0)
            {
                return TakeFirst(i);
            }
        }

        return -1;
    }

    private int TakeFirst(int high)
    {
        var middle = (high << 6) + BitOperations.TrailingZeroCount(_high[high]);
        var low = (middle << 6) + BitOperations.TrailingZeroCount(_middle[middle]);
        var number = (low << 6) + BitOperations.TrailingZeroCount(_low[low]);
        _low[low] &= _low[low] - 1;
        if (_low[low] == 0)
        {
            _middle[middle] &= _middle[middle] - 1;
        }

        if (_middle[middle] == 0)
        {
            _high[high] &= _high[high] - 1;
        }

        return number;
    }

    private static int Words(int bits) => Math.Max(1, (bits + 63) >> 6);
}
