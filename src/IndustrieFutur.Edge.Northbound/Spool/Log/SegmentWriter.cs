namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>The segment that is being written. For the writing thread.</summary>
internal sealed class SegmentWriter(string folder, int segmentBytes, ILogDisk disk, SegmentShelf shelf) : IDisposable
{
    /// <summary>Zeros left behind the last record when the rest of a file's room is given back: a file without any was cut by somebody else.</summary>
    public const int RoomBehind = RecordHeader.Bytes;

    private ILogFile? _file;

    /// <summary>Null: the next write begins a new one.</summary>
    public Segment? Active { get; private set; }

    public bool IsOpen => Active is not null;

    public long Offset => Active?.Length ?? 0;

    /// <summary>The index of the newest file.</summary>
    public long LastIndex { get; set; }

    public void Open()
    {
        var segment = new Segment(LastIndex + 1, LogOpener.PathOf(folder, LastIndex + 1)) { BytesOnDisk = segmentBytes };

        // The index is used up also when this fails: half a file may bear it.
        LastIndex++;
        _file = disk.Create(segment.Path, segmentBytes);
        Active = segment;
        shelf.Add(segment);
    }

    /// <summary>Writes the tail's bytes from an offset in the tail on, and notes which numbers are there now.</summary>
    public void Write(ReadOnlySpan<byte> bytes, List<TailRecord> records, int tailOffset, long newestUtcNanos, long timestamp)
    {
        var at = Active!.Length;
        _file!.Write(bytes, at);
        foreach (var record in records)
        {
            if (record.At >= tailOffset)
            {
                shelf.Note(Active, record, at + record.At - tailOffset);
            }
        }

        Active.NewestUtcNanos = newestUtcNanos;
        Active.WrittenAt = timestamp;
        Active.BytesOnDisk = Math.Max(Active.BytesOnDisk, at + bytes.Length);
        Active.Length = at + bytes.Length;
    }

    public void Sync() => _file!.Sync();

    /// <summary>Nobody will find again what goes into a file without a name: deleted, or another disk was mounted over it.</summary>
    public bool HasVanished => Active is not null && !File.Exists(Active.Path);

    /// <summary>An orderly end.</summary>
    public void Close()
    {
        if (Active is not null)
        {
            _file!.CutAt(Active.Length + RoomBehind);
            Active.BytesOnDisk = Active.Length + RoomBehind;
        }

        Abandon();
    }

    /// <summary>What is in it stays in it; nothing more is written to it.</summary>
    public void Abandon()
    {
        _file?.Dispose();
        _file = null;
        Active = null;
    }

    public void Dispose()
    {
        try
        {
            Close();
        }
        catch (IOException)
        {
            // The room that was preallocated is cut off at the next start.
            Abandon();
        }
    }
}
