using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// Brings what the spool accepts to the disk, with the ledger and the ring's cursor in the same commit, and lets go there of what every
/// historian has. One thread; readers of the disk have their own.
/// </summary>
internal sealed class SpoolStore : IDisposable
{
    /// <summary>Batches settled at a time: accepting comes first.</summary>
    private const int SettleMax = 64;

    private readonly TelemetrySpool _spool;
    private readonly SpoolOptions _options;
    private readonly SegmentLog _log;
    private readonly Func<int, long> _lastSource;
    private readonly LogBatch?[] _held;
    private readonly LogBatch _dropBatch = new();
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;
    private readonly ulong[] _nexts;
    private readonly ulong[] _oldest;
    private readonly ulong[] _logged;
    private readonly LogStream[] _logStreams;
    private readonly LogReader[] _settlers;
    private readonly LogReader[] _droppers;
    private readonly string[] _headKeys;
    private readonly DiskShare[] _shares;
    private LogBatch _batch = new();
    private SignalBook? _book;
    private LedgerNotes? _ledger;
    private bool _isKept = true;
    private bool _isClosed;

    public SpoolStore(TelemetrySpool spool, string folder, ILogDisk disk, SpoolOptions options, TimeProvider clock, Func<int, long> lastSource)
    {
        _spool = spool;
        _options = options;
        _lastSource = lastSource;
        _log = new SegmentLog(folder, options.ToTerms(), disk, clock) { Dropping = Drop };
        _writer = new BinaryWriter(_bytes);
        _held = new LogBatch?[spool.Streams.Count];
        _nexts = new ulong[spool.Streams.Count];
        _oldest = new ulong[spool.Streams.Count];
        _logged = new ulong[spool.Streams.Count];
        _logStreams = [.. spool.Streams.Select(stream => _log.Stream(stream.Device.Id))];
        _settlers = [.. _logStreams.Select(_log.Reader)];
        _droppers = [.. _logStreams.Select(_log.Reader)];
        _shares = [.. spool.Streams.Select(_ => new DiskShare(_log, options.ToTerms(), spool.Streams.Count))];
        _headKeys = [.. spool.Streams.Select(stream => SpoolRecovery.HeadKey(stream.Device.Id))];
    }

    public LogTrouble? Trouble => _log.Trouble;

    public long BytesOnDisk => _log.BytesOnDisk;

    public double Fill => Math.Min(1, (double)_log.BytesOnDisk / _options.ToTerms().BytesMax);

    public SpoolOpening Open(Action<int, long>? restoreLastSource)
    {
        var opening = _log.Open();
        var (found, book) = new SpoolRecovery(_spool, _log, _options.Fsync).Recover(opening, restoreLastSource);
        _book = book;
        _ledger = new LedgerNotes(_spool.Plan, _spool.Ledger, _book.Tag, _lastSource);
        for (var i = 0; i < _logStreams.Length; i++)
        {
            var stream = _logStreams[i];
            stream.IsKept = _spool.Streams[i].RefusesNewest;
            _shares[i].Open();
            _spool.Streams[i].Attach(stream, () => new DiskWindow(_log.Reader(stream), book), book);
        }

        return found;
    }

    public void Store()
    {
        if (_isClosed)
        {
            return;
        }

        var position = _spool.Capture(_nexts);
        var isAllTaken = true;
        for (var i = 0; i < _logStreams.Length; i++)
        {
            SettleSome(i);
            isAllTaken &= TakeNew(i);
        }

        // A commit's word of numberings and ring is one: what waits in memory is not behind it.
        if (isAllTaken)
        {
            NoteHeads(position);
        }

        _log.Tick();
        if (_log.IsSafe && isAllTaken)
        {
            Release();
        }

        Keep(!_log.IsFailing);
    }

    public bool Close()
    {
        if (_isClosed)
        {
            return true;
        }

        Store();
        _log.SetNote(SpoolRecovery.BootKey, SpoolRecovery.BootNote(isClean: true));
        _log.RepeatNotes();
        var isSafe = _log.CommitAndSync();
        _isClosed = true;
        return isSafe && !_spool.Streams.Where((stream, i) => stream.SafeNext < _nexts[i]).Any();
    }

    public void Dispose()
    {
        _isClosed = true;
        foreach (var reader in _settlers.Concat(_droppers))
        {
            reader.Dispose();
        }

        _log.Dispose();
        _writer.Dispose();
        _bytes.Dispose();
        _batch.Dispose();
        _dropBatch.Dispose();
        foreach (var held in _held)
        {
            held?.Dispose();
        }
    }

    private void SettleSome(int index)
    {
        for (var left = SettleMax; left > 0 && _spool.Streams[index].Settle(_settlers[index], _batch); left--)
        {
        }
    }

    /// <summary>False: the log has no room for all of it, the disk fails or does not keep up. What waits is in memory, and a batch of it here.</summary>
    private bool TakeNew(int index)
    {
        var stream = _spool.Streams[index];
        if (!TakeHeld(index))
        {
            return false;
        }

        while (!IsFull(index) && stream.CopyNext(_nexts[index], _book!.Tag, _batch, out var skipped))
        {
            if (skipped.First > 0)
            {
                _log.TryAppendGap(_logStreams[index], new LogGap(stream.Epoch, skipped.First, skipped.Last, (byte)DropCause.SpoolFull));
            }

            if (!_log.TryAppend(_logStreams[index], _batch))
            {
                (_held[index], _batch) = (_batch, new LogBatch());
                return false;
            }

            _shares[index].Note(_batch);
            stream.NoteLogged(_batch.Last + 1);
        }

        if (IsFull(index))
        {
            stream.RefuseUpTo(_nexts[index]);
        }

        return true;
    }

    /// <summary>The batch that the log had no room for goes first: its samples may be nowhere else any more.</summary>
    private bool TakeHeld(int index)
    {
        if (_held[index] is not { } held)
        {
            return true;
        }

        held.Epoch = _spool.Streams[index].Epoch;
        if (!_log.TryAppend(_logStreams[index], held))
        {
            return false;
        }

        _shares[index].Note(held);
        _spool.Streams[index].NoteLogged(held.Last + 1);
        held.Dispose();
        _held[index] = null;
        return true;
    }

    /// <summary>A stream that keeps its oldest has as much on the disk as it may. One that fails refuses nothing: memory has room.</summary>
    private bool IsFull(int index) =>
        _spool.Streams[index].RefusesNewest && !_log.IsFailing && _shares[index].IsFull(_spool.Streams[index].PendingInLog);

    /// <summary>Each stream's numbering and ledger as of one moment, and where the ring is.</summary>
    private void NoteHeads(in RingPosition position)
    {
        for (var i = 0; i < _logStreams.Length; i++)
        {
            var stream = _spool.Streams[i];
            stream.Enter();
            try
            {
                _oldest[i] = stream.Oldest;
                _logged[i] = stream.LoggedNext;
                _bytes.SetLength(0);
                stream.WriteHead(_writer);
                SetNote(_headKeys[i]);
                _ledger!.Write(_log, stream.Device.Id);
            }
            finally
            {
                stream.Exit();
            }
        }

        _bytes.SetLength(0);
        _writer.Write(position.Sample);
        _writer.Write(position.Text);
        SetNote(SpoolRecovery.RingKey);
    }

    private void SetNote(string key) => _log.SetNoteIfNew(key, _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length));

    /// <summary>What the commit says is no longer needed may go: never before it says so.</summary>
    private void Release()
    {
        for (var i = 0; i < _logStreams.Length; i++)
        {
            _logStreams[i].Released = _oldest[i] - 1;

            // Also what was refused, of which there is no record: its numbers are not given again.
            _logStreams[i].SafeNext = Math.Max(_logStreams[i].SafeNext, _logged[i]);
        }
    }

    private void Keep(bool isKept)
    {
        if (isKept == _isKept)
        {
            return;
        }

        _isKept = isKept;
        foreach (var stream in _spool.Streams)
        {
            stream.SetKept(isKept);
        }
    }

    private void Drop(LogDrop drop)
    {
        var index = Array.IndexOf(_logStreams, drop.Stream);
        if (index >= 0)
        {
            _spool.Streams[index].DropFromDisk(drop.From, drop.To, _droppers[index], _dropBatch);
        }
    }
}
