namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Reads one stream's batches back from the files, for whoever drains a backlog or was asked for a replay. For one thread at a time;
/// going on where it stopped costs no search.
/// </summary>
internal sealed class LogReader(SegmentShelf shelf, LogStream stream) : IDisposable
{
    private SegmentScanner? _scanner;
    private Segment? _segment;
    private ulong _expected;

    /// <summary>
    /// The batch that holds this number, or else the first that begins behind it; false: there is none on disk. A batch may begin
    /// before the number.
    /// </summary>
    public bool TryRead(ulong number, LogBatch batch)
    {
        if ((_scanner is not null && number == _expected && TryHere(number, batch)) || TrySearch(number, batch))
        {
            _expected = batch.Last + 1;
            return true;
        }

        return false;
    }

    public void Dispose() => Close();

    private bool TrySearch(ulong number, LogBatch batch)
    {
        var behind = -1L;
        while (shelf.Find(stream, number, behind, out var offset) is { } segment)
        {
            behind = segment.Index;
            if (TryOpen(segment, offset) && TryHere(number, batch))
            {
                return true;
            }
        }

        Close();
        return false;
    }

    private bool TryOpen(Segment segment, long offset)
    {
        if (_segment != segment)
        {
            Close();
            try
            {
                _scanner = new SegmentScanner(segment.Path);
                _segment = segment;
            }
            catch (IOException)
            {
                // It made room a moment ago, or the disk is gone: what it held will be missed, and is told there.
                return false;
            }
        }

        _scanner!.Seek(offset);
        return true;
    }

    private bool TryHere(ulong number, LogBatch batch)
    {
        // What is behind the segment's length is being written just now.
        _scanner!.Limit = _segment!.Length;
        try
        {
            while (_scanner.TryNext())
            {
                if (_scanner.Header.Kind == RecordKind.Samples && IsWanted(number))
                {
                    batch.Take(_scanner.Payload, _scanner.Header.WrittenUtcNanos);
                    return true;
                }
            }
        }
        catch (IOException)
        {
            Close();
        }

        return false;
    }

    private bool IsWanted(ulong number)
    {
        var payload = _scanner!.Payload;
        if (!BatchHeader.IsSound(payload, isGap: false))
        {
            return false;
        }

        ref var header = ref BatchHeader.At(payload);
        return header.Last >= number && payload.Slice(BatchHeader.Bytes, header.NameBytes).SequenceEqual(stream.Utf8);
    }

    private void Close()
    {
        _scanner?.Dispose();
        _scanner = null;
        _segment = null;
    }
}
