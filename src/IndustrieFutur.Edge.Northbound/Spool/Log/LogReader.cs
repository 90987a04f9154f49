namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Reads one stream's batches back from the files, and from what waits for them, for whoever drains a backlog or was asked for a replay. For
/// one thread at a time; going on where it stopped costs no search.
/// </summary>
internal sealed class LogReader(SegmentShelf shelf, TailIndex tail, LogStream stream) : IDisposable
{
    private SegmentScanner? _scanner;
    private Segment? _segment;
    private ulong _expected;

    /// <summary>
    /// The batch that holds this number, or else the first that begins behind it; false: there is none. A batch may begin before the number.
    /// </summary>
    public bool TryRead(ulong number, LogBatch batch)
    {
        // The tail first: what leaves it is in a file by then.
        if (tail.TryRead(stream, number, batch, out var behind))
        {
            return true;
        }

        var isThere = TryFiles(number, batch);
        return behind == 0 || (isThere && batch.First <= behind) ? isThere : tail.TryRead(stream, behind, batch, out _) || TryFiles(number, batch);
    }

    public void Dispose() => Close();

    private bool TryFiles(ulong number, LogBatch batch)
    {
        if ((_scanner is not null && number == _expected && TryHere(number, batch) && batch.First <= number) || TrySearch(number, batch))
        {
            _expected = batch.Last + 1;
            return true;
        }

        return false;
    }

    /// <summary>What was written anew after a failure lies twice; where one is damaged the other may be intact. So the number comes first, then what follows.</summary>
    private bool TrySearch(ulong number, LogBatch batch)
    {
        var behind = -1L;
        var next = ulong.MaxValue;
        while (shelf.Find(stream, number, behind, out var offset) is { } segment)
        {
            behind = segment.Index;
            if (!TryOpen(segment, offset) || !TryHere(number, batch))
            {
                continue;
            }

            if (batch.First <= number)
            {
                return true;
            }

            if (next != ulong.MaxValue && batch.First >= next)
            {
                // Segments go on in order: it comes no nearer.
                break;
            }

            next = batch.First;
        }

        return next != ulong.MaxValue ? TrySearch(next, batch) : Closed();
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
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
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
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
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

    private bool Closed()
    {
        Close();
        return false;
    }

    private void Close()
    {
        _scanner?.Dispose();
        _scanner = null;
        _segment = null;
    }
}
