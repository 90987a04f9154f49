namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>The segments in their order. The writing thread changes them, readers look them up: under one lock, held for moments.</summary>
internal sealed class SegmentShelf
{
    private readonly Lock _gate = new();
    private readonly List<Segment> _segments = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _segments.Count;
            }
        }
    }

    public long BytesOnDisk
    {
        get
        {
            lock (_gate)
            {
                var sum = 0L;
                foreach (var segment in _segments)
                {
                    sum += segment.BytesOnDisk;
                }

                return sum;
            }
        }
    }

    public Segment? Oldest
    {
        get
        {
            lock (_gate)
            {
                return _segments.Count > 0 ? _segments[0] : null;
            }
        }
    }

    public void Add(Segment segment)
    {
        lock (_gate)
        {
            _segments.Add(segment);
        }
    }

    public void Remove(Segment segment)
    {
        lock (_gate)
        {
            _segments.Remove(segment);
        }
    }

    public void Replace(Segment segment, Segment other)
    {
        lock (_gate)
        {
            _segments[_segments.IndexOf(segment)] = other;
        }
    }

    public void Note(Segment segment, in TailRecord record, long offset)
    {
        lock (_gate)
        {
            segment.Note(record.Stream, record.Range, offset);
        }
    }

    /// <summary>The oldest segment before this index that can make room.</summary>
    public Segment? FindGiving(long beforeIndex)
    {
        lock (_gate)
        {
            return _segments.Find(segment => segment.Index < beforeIndex && !segment.IsCompact);
        }
    }

    /// <summary>The oldest segment before this index that nobody needs any more.</summary>
    public Segment? FindReleased(long beforeIndex)
    {
        lock (_gate)
        {
            foreach (var segment in _segments)
            {
                if (segment.Index < beforeIndex && segment.IsReleased())
                {
                    return segment;
                }
            }

            return null;
        }
    }

    /// <summary>
    /// The next segment, behind the one of this index, that may have this number of a stream or a later one, and where to begin in it.
    /// </summary>
    public Segment? Find(LogStream stream, ulong number, long behindIndex, out long offset)
    {
        lock (_gate)
        {
            foreach (var segment in _segments)
            {
                if (segment.Index > behindIndex && segment.Find(stream) is { } entry && entry.Last >= number)
                {
                    offset = entry.OffsetBefore(number);
                    return segment;
                }
            }
        }

        offset = 0;
        return null;
    }
}
