namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Sequence numbers as disjoint ranges, lowest first; neighbours are merged. For one thread, or under its owner's lock.</summary>
public sealed class SequenceSet
{
    private readonly List<SequenceRange> _ranges = [];

    public IReadOnlyList<SequenceRange> Ranges => _ranges;

    public bool IsEmpty => _ranges.Count == 0;

    /// <summary>How many numbers the set holds.</summary>
    public ulong Count
    {
        get
        {
            var sum = 0ul;
            for (var i = 0; i < _ranges.Count; i++)
            {
                sum += _ranges[i].Count;
            }

            return sum;
        }
    }

    public bool Contains(ulong number)
    {
        var at = FirstNotBelow(number);
        return at < _ranges.Count && _ranges[at].Contains(number);
    }

    public void Add(SequenceRange range)
    {
        // The first range that touches or follows, one number of distance counting as touching.
        var at = FirstNotBelow(range.First == 0 ? 0 : range.First - 1);
        var first = range.First;
        var last = range.Last;
        var end = at;
        while (end < _ranges.Count && (last == ulong.MaxValue || _ranges[end].First <= last + 1))
        {
            first = Math.Min(first, _ranges[end].First);
            last = Math.Max(last, _ranges[end].Last);
            end++;
        }

        Replace(at, end, new SequenceRange(first, last));
    }

    public void Remove(SequenceRange range)
    {
        var at = FirstNotBelow(range.First);
        while (at < _ranges.Count && _ranges[at].First <= range.Last)
        {
            var cut = _ranges[at];
            _ranges.RemoveAt(at);
            if (cut.First < range.First)
            {
                _ranges.Insert(at++, new SequenceRange(cut.First, range.First - 1));
            }

            if (cut.Last > range.Last)
            {
                _ranges.Insert(at, new SequenceRange(range.Last + 1, cut.Last));
                return;
            }
        }
    }

    /// <summary>Forgets every number below <paramref name="number"/>.</summary>
    public void RemoveBelow(ulong number)
    {
        if (number > 0 && _ranges.Count > 0)
        {
            Remove(new SequenceRange(0, number - 1));
        }
    }

    public void Clear() => _ranges.Clear();

    /// <summary>What of <paramref name="range"/> the set does not hold, lowest first.</summary>
    public IEnumerable<SequenceRange> Missing(SequenceRange range)
    {
        var next = range.First;
        for (var at = FirstNotBelow(range.First); at < _ranges.Count && _ranges[at].First <= range.Last; at++)
        {
            if (_ranges[at].First > next)
            {
                yield return new SequenceRange(next, _ranges[at].First - 1);
            }

            if (_ranges[at].Last >= range.Last)
            {
                yield break;
            }

            next = _ranges[at].Last + 1;
        }

        yield return new SequenceRange(next, range.Last);
    }

    /// <summary>Index of the first range whose last number is not below <paramref name="number"/>.</summary>
    private int FirstNotBelow(ulong number)
    {
        var low = 0;
        var high = _ranges.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].Last < number)
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

    private void Replace(int from, int end, SequenceRange range)
    {
        if (end == from)
        {
            _ranges.Insert(from, range);
            return;
        }

        _ranges[from] = range;
        _ranges.RemoveRange(from + 1, end - from - 1);
    }
}
