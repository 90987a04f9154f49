namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Makes room in a segment that holds what must not make room: that alone is copied, record by record, to a file that then takes the
/// segment's place and name, so that each stream's numbers stay in order.
/// </summary>
internal sealed class SegmentCompactor(ILogDisk disk, SegmentShelf shelf)
{
    private const string Extension = ".new";

    /// <summary>Takes away what a kill left half written. A disk that refuses keeps it; nobody reads it.</summary>
    public void Clean(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + LogOpener.Extension + Extension))
        {
            try
            {
                disk.Delete(path);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                return;
            }
        }
    }

    /// <summary>Writes and syncs the smaller file. Null: the segment holds nothing that has to stay.</summary>
    public Segment? Write(Segment segment)
    {
        if (!segment.Streams.Any(entry => entry.Stream.IsKept && entry.First <= entry.Last && entry.Last > entry.Stream.Released))
        {
            return null;
        }

        var path = segment.Path + Extension;
        disk.Delete(path);
        var compact = new Segment(segment.Index, segment.Path) { NewestUtcNanos = segment.NewestUtcNanos, WrittenAt = segment.WrittenAt, IsCompact = true };
        using var file = disk.Create(path, segment.Length);
        Copy(segment, compact, file);
        file.CutAt(compact.BytesOnDisk);
        file.Sync();
        return compact;
    }

    /// <summary>From now on readers find the smaller file; who reads the other just now has it open.</summary>
    public void Replace(Segment segment, Segment compact)
    {
        File.Move(segment.Path + Extension, segment.Path, overwrite: true);
        shelf.Replace(segment, compact);
    }

    private static void Copy(Segment segment, Segment compact, ILogFile file)
    {
        using var scanner = new SegmentScanner(segment.Path) { Limit = segment.Length };
        while (scanner.TryNext())
        {
            if (scanner.Header.Kind != RecordKind.Samples || !BatchHeader.IsSound(scanner.Payload, isGap: false))
            {
                continue;
            }

            ref var batch = ref BatchHeader.At(scanner.Payload);
            if (StreamOf(segment, scanner.Payload.Slice(BatchHeader.Bytes, batch.NameBytes)) is { IsKept: true } stream && batch.Last > stream.Released)
            {
                compact.Note(stream, new LogGap(batch.Epoch, batch.First, batch.Last, 0), compact.Length);
                file.Write(scanner.Record, compact.Length);
                compact.Length += scanner.Record.Length;
            }
        }

        compact.BytesOnDisk = compact.Length + SegmentWriter.RoomBehind;
    }

    private static LogStream? StreamOf(Segment segment, Span<byte> name)
    {
        foreach (var entry in segment.Streams)
        {
            if (name.SequenceEqual(entry.Stream.Utf8))
            {
                return entry.Stream;
            }
        }

        return null;
    }
}
