using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>The stream's dealings with the disk: what goes there, what is known to be there, what comes back.</summary>
internal sealed partial class StreamSpool
{
    /// <summary>More ranges of numbers that nobody has spoken of are not noted: the lowest count as dropped.</summary>
    private const int UnheardRangesMax = 256;

    /// <summary>As much in memory is counted by signal, to know what else is pending.</summary>
    private const ulong CountedMax = 65_536;

    private LogStream? _log;
    private SignalBook? _book;
    private ulong _logged = 1;
    private ulong _copied;

    // The log has a batch or a gap record of every number below it; of what was refused since, the numbering's note tells.
    private ulong _recorded = 1;
    private (ulong Stored, ulong Dropped) _unread;
    private ulong _shared;
    private ulong _damagedEver;
    private bool _isKept;

    /// <summary>Numbers that the disk should have given back in this run and did not.</summary>
    public ulong Damaged => Volatile.Read(ref _damagedEver);

    /// <summary>Behind the last number that a kill of this process cannot take any more; without a disk, behind the last that is settled.</summary>
    public ulong SafeNext => _log is null || !_isKept ? Oldest : Math.Max(Oldest, _log.SafeNext);

    /// <summary>Only what is on the disk is sent: a number that was sent must never be given to another sample. While the disk fails, everything.</summary>
    private ulong SendLimit => _log is null || !_isKept ? KeptNext : Math.Min(KeptNext, _log.SafeNext);

    /// <summary>From now on what is accepted is also written to the log. Before the first sample.</summary>
    public void Attach(LogStream log, Func<DiskWindow> newWindow, SignalBook book)
    {
        _log = log;
        _book = book;
        foreach (var cursor in _cursors)
        {
            cursor.Window = newWindow();
        }

        _isKept = true;
        TakeAgainFrom(_logged);
    }

    /// <summary>Takes up an earlier run's numbering; its samples are on the disk.</summary>
    public void Restore(SpoolHead head)
    {
        Restore(head.Epoch, head.Oldest);
        Next = head.Next;
        _inMemory = head.Next;
        _logged = head.Next;
        _recorded = head.Next;
        _restoredNext = head.Next;
        _unread = head.Unread;
        _shared = head.Shared;
        foreach (var gap in head.Gaps)
        {
            RestoreGap(gap.From, gap.To, gap.Cause);
        }

        foreach (var range in head.Unheard)
        {
            RestoreUnheard(range, WitnessedIn(head));
        }

        foreach (var (sink, upTo) in head.Confirmed)
        {
            RestoreConfirmed(sink, upTo);
        }
    }

    /// <summary>What is to be known of the stream after a kill. Between <see cref="Enter"/> and <see cref="Exit"/>.</summary>
    public void WriteHead(BinaryWriter writer)
    {
        while (_unheard.Ranges.Count > UnheardRangesMax)
        {
            DecideDropped(_unheard.Ranges[0]);
        }

        SpoolHead.Write(writer, Epoch, Oldest, _logged, _gaps.All);
        WriteConfirmed(writer);

        // Beyond the oldest are those that a failing disk let go out of turn: of these the log itself tells.
        SpoolHead.WriteEnd(writer, againEnd: 0, _unread, _unheard.Ranges, _shared, Oldest);
    }

    /// <summary>
    /// Fills a batch with what was accepted and is not in the log yet, up to a number; false: there is none. From now on the batch stands for
    /// its samples, which may leave memory: it goes into the log before another is filled.
    /// </summary>
    /// <param name="limit">Behind the last number wanted.</param>
    /// <param name="tag">Of today's list of signals.</param>
    /// <param name="batch">To be filled.</param>
    /// <param name="skipped">What memory had to drop before the log had it; first 0: nothing.</param>
    public bool CopyNext(ulong limit, uint tag, LogBatch batch, out SequenceRange skipped)
    {
        lock (_gate)
        {
            var number = Math.Max(_logged, _inMemory);
            skipped = number > _recorded ? new SequenceRange(_recorded, number - 1) : default;
            batch.Begin(Epoch, number, tag);
            for (; number < Math.Min(limit, KeptNext); number++)
            {
                ref var sample = ref _memory[number];
                if (!(IsText(sample) ? batch.TryAdd(sample, _memory.Text((ulong)sample.Bits)) : batch.TryAdd(sample)))
                {
                    break;
                }
            }

            _copied = batch.Count > 0 ? number : _copied;
            return batch.Count > 0;
        }
    }

    /// <summary>The log has taken everything below this number.</summary>
    public void NoteLogged(ulong next)
    {
        lock (_gate)
        {
            _logged = Math.Max(_logged, next);
            _recorded = Math.Max(_recorded, next);
            TakeAgainFrom(_logged);
        }
    }

    /// <summary>
    /// The disk takes no more, or takes again. Without it numbers are sent that a kill would give anew: so the numbering gets another name,
    /// and what is not confirmed is sent again under that.
    /// </summary>
    public void SetKept(bool isKept)
    {
        lock (_gate)
        {
            var isLost = _isKept && !isKept;
            _isKept = isKept;
            if (!isLost)
            {
                return;
            }

            NumberAnew();
        }
    }

    /// <summary>Books a batch that all marks have passed and only the disk has; false: there is none.</summary>
    public bool Settle(LogReader reader, LogBatch batch)
    {
        ulong from;
        ulong to;
        lock (_gate)
        {
            from = Oldest;
            to = Math.Min(Low() + 1, ReadableNext) - 1;
            BookUnread();
        }

        if (from > to || to == ulong.MaxValue)
        {
            return false;
        }

        var isThere = reader.TryRead(from, batch) && batch.First <= to;
        lock (_gate)
        {
            if (Oldest == from && !_disposed)
            {
                Pass(isThere ? batch : null, from, to);
            }

            return true;
        }
    }

    /// <summary>The log is at its bound: these numbers go. They are read for the last time, because the ledger counts by signal.</summary>
    public void DropFromDisk(ulong from, ulong to, LogReader reader, LogBatch batch)
    {
        for (var number = Math.Max(from, Oldest); number <= to;)
        {
            var isThere = reader.TryRead(number, batch) && batch.First <= to;
            lock (_gate)
            {
                var first = isThere ? Math.Max(number, batch.First) : to + 1;
                Lose(new SequenceRange(number, first - 1));
                for (number = first; isThere && number <= Math.Min(to, batch.Last); number++)
                {
                    Oldest = number;
                    Drop(number, SignalOf(batch, number));
                }

                Oldest = Math.Max(Oldest, number);
                Forget();
            }
        }
    }

    /// <summary>In a file, or in the log's own memory or a batch for it, from which it will go to a file.</summary>
    private bool IsWithLog(ulong number) => _log is not null && number < Math.Max(_logged, _copied);

    /// <summary>Behind the last number that can be read back: out of a file, or of what the log has for one.</summary>
    private ulong ReadableNext => _log is null ? 0 : Math.Min(_inMemory, Math.Max(_logged, _log.SafeNext));

    /// <summary>What of a range can be had now; a batch that the log has no room for keeps some of it until the disk is well. False: nothing.</summary>
    private bool TryReach(ref SequenceRange range)
    {
        if (range.First >= ReadableNext && range.First < _inMemory)
        {
            range = new SequenceRange(_inMemory, range.Last);
        }

        return range.First <= range.Last;
    }

    private bool IsHere(DiskWindow? window, ulong number) => number >= _inMemory || window!.Holds(number);

    private Sample At(DiskWindow? window, ulong number) => number >= _inMemory ? _memory[number] : window!.Sample(number);

    private ReadOnlySpan<byte> TextAt(DiskWindow? window, ulong number, long bits) =>
        number >= _inMemory ? _memory.Text((ulong)bits) : window!.Text(number);

    private int SignalOf(LogBatch batch, ulong number) => _book!.Find(batch.Tag, batch.Samples[(int)(number - batch.First)].Signal);

    /// <summary>The disk has it not, or gives back something else than was written: a gap in the samples' place.</summary>
    private int EncodeMissing(SequenceRange range, ulong utcMillis, Span<byte> buffer, out SentRange sent)
    {
        Miss(range);
        var (last, cause) = _gaps.CauseOf(range);
        sent = new SentRange(range.First, last, true);
        return TelemetryEncoder.EncodeGap(buffer, utcMillis, Epoch, _planHash, range.First, last, cause);
    }

    /// <summary>Numbers that the disk should have and has not. Whoever has them passes their gap over, and says so by its mark.</summary>
    private void Miss(SequenceRange range)
    {
        if (range.Last < range.First)
        {
            return;
        }

        foreach (var lost in _gaps.Unexplained(range))
        {
            Volatile.Write(ref _damagedEver, _damagedEver + lost.Count);
            Told(_gaps.Add(lost.First, lost.Last, (byte)DropCause.Damaged));
        }
    }

    /// <summary>The same, and they make room.</summary>
    private void Lose(SequenceRange range)
    {
        Miss(range);
        CountUnread(range);
    }

    /// <summary>What becomes of numbers of which the disk cannot say whose samples they were. What another gap speaks of was booked when that came to be.</summary>
    private void CountUnread(SequenceRange range)
    {
        if (range.Last < range.First)
        {
            return;
        }

        foreach (var unread in _gaps.UnexplainedBy(range, (byte)DropCause.Damaged))
        {
            for (var number = unread.First; number <= unread.Last; number++)
            {
                if (IsStored(number))
                {
                    _unread.Stored++;
                }
                else
                {
                    _unread.Dropped++;
                }
            }
        }
    }

    /// <summary>All historians of all sinks have it. A sink that is its own witness was told of a gap, or has sent it before it was damaged.</summary>
    private bool IsStored(ulong number)
    {
        for (var i = 0; i < _cursors.Length; i++)
        {
            var cursor = _cursors[i];
            if (!cursor.Has(number) || cursor.CauseOf(number) != 0 || (cursor.Confirm != Confirm.Stored && _gaps.Has(number, (byte)DropCause.Damaged)))
            {
                return false;
            }
        }

        return true;
    }

    private void Pass(LogBatch? batch, ulong from, ulong to)
    {
        var first = batch is null ? to + 1 : Math.Max(from, batch.First);
        CountUnread(new SequenceRange(from, first - 1));
        var last = batch is null ? to : Math.Min(to, batch.Last);
        for (var number = first; number <= last; number++)
        {
            BookSignal(SignalOf(batch!, number), number, 0);
        }

        Oldest = last + 1;
        Free();
        BookUnread();
    }

    /// <summary>
    /// Of a record that cannot be read, or that made room in an earlier run, nobody knows whose samples it held. When all else that is pending
    /// is in memory, what the sums lack is just that: of each signal as large a share is stored as of all.
    /// </summary>
    private void BookUnread()
    {
        var unread = _unread.Stored + _unread.Dropped;
        if (unread == 0 || Oldest < _inMemory || KeptNext - Oldest > CountedMax || _undecided.Count > 0)
        {
            return;
        }

        _shared += _unread is { Stored: > 0, Dropped: > 0 } ? unread : 0;
        var held = CountHeld();
        var (seen, stored) = ((UInt128)0, (UInt128)0);
        foreach (var signal in Device.Signals)
        {
            for (var left = _ledger.Read(signal.Index).Pending - held[signal.Index]; left > 0; left--)
            {
                seen++;
                if (stored < seen * _unread.Stored / unread)
                {
                    stored++;
                    _ledger.Stored(signal.Index);
                }
                else
                {
                    _ledger.Dropped(signal.Index, DropCause.Damaged);
                }
            }
        }

        _unread = (0, 0);
    }

    /// <summary>By signal, what memory has of what is pending.</summary>
    private long[] CountHeld()
    {
        var held = new long[_kinds.Length];
        for (var number = Oldest; number < KeptNext; number++)
        {
            if (_memory[number].Signal is var signal and >= 0)
            {
                held[signal]++;
            }
        }

        return held;
    }

    /// <summary>The disk lost its end, and a historian knows numbers that are to be given again: under another name they are other samples'.</summary>
    private bool IsBeyond(StreamStored stored) =>
        stored.Epoch == Hex(Epoch) && (stored.UpTo >= Next || stored.Ranges.Any(range => range.Last >= Next));

    private void NumberAnew()
    {
        Epoch = TelemetrySpool.NewEpoch();
        foreach (var cursor in _cursors.Where(cursor => cursor.Confirm == Confirm.Stored))
        {
            cursor.SendNext = Math.Min(cursor.SendNext, KeptNext);
            cursor.StartAnew(Oldest);
            _gaps.SendAgain(cursor.Outlet.Index, new SequenceRange(Oldest, Math.Max(Oldest, Next - 1)));
        }
    }
}
