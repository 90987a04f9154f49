namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>One file of the log, and where in it each stream's numbers lie. Changed by one thread, under the shelf's lock.</summary>
internal sealed class Segment(long index, string path)
{
    private readonly List<SegmentStream> _streams = [];
    private long _length;

    public long Index { get; } = index;

    public string Path { get; } = path;

    /// <summary>Bytes of records; a reader goes no further.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    /// <summary>What the file takes of the disk.</summary>
    public long BytesOnDisk { get; set; }

    public long NewestUtcNanos { get; set; }

    /// <summary>When it was last written to, by the clock that never jumps; 0: by an earlier run.</summary>
    public long WrittenAt { get; set; }

    /// <summary>Its numbers were given up, and told of; only the disk still refuses to let the file go.</summary>
    public bool IsDropped { get; set; }

    /// <summary>It holds nothing any more that could make room.</summary>
    public bool IsCompact { get; init; }

    public IReadOnlyList<SegmentStream> Streams => _streams;

    public SegmentStream? Find(LogStream stream)
    {
        foreach (var one in _streams)
        {
            if (one.Stream == stream)
            {
                return one;
            }
        }

        return null;
    }

    public void Note(LogStream stream, in LogGap range, long offset)
    {
        var entry = Find(stream);
        if (entry is null)
        {
            entry = new SegmentStream(stream);
            _streams.Add(entry);
        }

        entry.Note(range, offset);
    }

    /// <summary>Nobody needs any of its numbers any more.</summary>
    public bool IsReleased()
    {
        foreach (var entry in _streams)
        {
            if (entry.NeededTo > entry.Stream.Released)
            {
                return false;
            }
        }

        return true;
    }
}
