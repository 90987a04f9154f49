using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// A log of batches in segment files that survives a kill at any byte: appended to memory, written in groups, synced by policy, bounded.
/// One thread opens, appends and ticks; any thread reads. A disk that fails is told in words and tried again; meanwhile the log takes
/// what its memory holds, then refuses.
/// </summary>
internal sealed class SegmentLog : IDisposable
{
    /// <summary>Half of what a record may hold.</summary>
    public const int NoteMax = RecordHeader.PayloadMax / 2;

    private readonly string _folder;
    private readonly LogTerms _terms;
    private readonly TimeProvider _clock;
    private readonly SegmentShelf _shelf = new();
    private readonly LogNotes _notes = new();
    private readonly LogTail _tail;
    private readonly TailIndex _records;
    private readonly List<LogStream> _streams = [];
    private readonly SegmentWriter _writer;
    private readonly SegmentRoom _room;
    private readonly SegmentCompactor _compactor;

    // Made once: a delegate made at each commit would be garbage at each commit.
    private readonly Action _writeAll;
    private readonly Action _writeAndSync;
    private readonly Action _sync;
    private readonly Action _roll;
    private readonly Action _lookForRoom;
    private ulong _number;
    private long _notesFoundFrom;
    private long _newestUtcNanos;
    private long _waitingSince;
    private long _syncedAt;
    private long _failedAt;
    private long _roomAt;
    private bool _notesChanged;
    private bool _notesOwed;
    private volatile LogTrouble? _trouble;

    // It works, and loses what is old to a disk that others fill.
    private volatile LogTrouble? _shortage;

    public SegmentLog(string folder, LogTerms terms, ILogDisk disk, TimeProvider clock)
    {
        _folder = folder;
        _terms = terms;
        _clock = clock;
        _tail = new LogTail(terms.TailBytes);
        _records = new TailIndex(_tail);
        _writer = new SegmentWriter(folder, terms.SegmentBytes, disk, _shelf);
        _room = new SegmentRoom(folder, terms, disk, _shelf, clock);
        _compactor = new SegmentCompactor(disk, _shelf);
        _writeAll = WriteAll;
        _writeAndSync = WriteAndSync;
        _sync = Sync;
        _roll = Roll;
        _lookForRoom = LookForRoom;
    }

    /// <summary>What is wrong with the disk just now; null: nothing.</summary>
    public LogTrouble? Trouble => _trouble ?? _shortage;

    /// <summary>The disk takes nothing at present.</summary>
    public bool IsFailing => _failedAt != 0;

    /// <summary>Everything taken so far is as safe as the policy promises.</summary>
    public bool IsSafe => _failedAt == 0 && _tail.Unwritten == 0;

    public long BytesOnDisk => _shelf.BytesOnDisk;

    public int Segments => _shelf.Count;

    public long Syncs { get; private set; }

    public IReadOnlyList<LogStream> Streams => _streams;

    public LogNotes Notes => _notes;

    /// <summary>
    /// For who must write to a full disk first: deletes the oldest file that an earlier run left, nobody needs, and the notes that were found
    /// do not lie in. False: there is none.
    /// </summary>
    public bool DeleteReleased()
    {
        if (_shelf.FindReleased(_notesFoundFrom) is not { } released)
        {
            return false;
        }

        _room.Delete(released);
        return true;
    }

    /// <summary>Called before numbers that nobody has released make room; they can still be read. Afterwards a gap record stands for them.</summary>
    public Action<LogDrop>? Dropping { get; init; }

    /// <summary>
    /// Reads what an earlier run left. Numbers between others that damage took become gap records. Throws <see cref="IOException"/> or
    /// <see cref="UnauthorizedAccessException"/> when the folder cannot be had at all.
    /// </summary>
    /// <param name="onBatch">Told of each intact batch, in the order of the files.</param>
    public LogOpening Open(Action<LogStream, LogBatch>? onBatch = null)
    {
        LogDisk.MakeFolder(_folder);
        _compactor.Clean(_folder);
        using var opener = new LogOpener(_folder, _shelf, _notes, Stream, onBatch);
        var opening = opener.Open();
        _number = opener.LastRecord;
        _notesFoundFrom = opener.NotesFrom;
        _writer.LastIndex = opener.LastIndex;
        _notesOwed = _notes.All.Count > 0;
        _syncedAt = _clock.GetTimestamp();
        return opening with { LostNumbers = TellLost() };
    }

    /// <summary>The stream of this name; made when it is new.</summary>
    public LogStream Stream(string name)
    {
        var stream = _streams.Find(known => known.Name == name);
        if (stream is null)
        {
            stream = new LogStream(name);
            _streams.Add(stream);
        }

        return stream;
    }

    /// <summary>A reader of one stream; for one thread at a time.</summary>
    public LogReader Reader(LogStream stream) => new(_shelf, _records, stream);

    /// <summary>Takes a batch into memory, to be written with the next group. False: no room, the disk does not keep up.</summary>
    public bool TryAppend(LogStream stream, LogBatch batch)
    {
        var texts = batch.TextMemory;
        var samplesAt = BatchHeader.Bytes + BatchHeader.PaddedName(stream.Utf8.Length);
        var payload = samplesAt + batch.SampleMemory.Length + texts.Length;
        var room = RoomFor(payload);
        if (room.IsEmpty || batch.Count == 0)
        {
            return false;
        }

        var body = room[RecordHeader.Bytes..];
        Begin(body, stream, batch.First, batch.Last);
        ref var header = ref BatchHeader.At(body);
        header.Epoch = batch.Epoch;
        header.Tag = batch.Tag;
        batch.SampleMemory.CopyTo(body[samplesAt..]);
        texts.CopyTo(body[(samplesAt + batch.SampleMemory.Length)..]);
        stream.Epoch = batch.Epoch;
        var at = _tail.Length;
        Seal(room, RecordKind.Samples, payload);
        _records.Add(new TailRecord(stream, new LogGap(batch.Epoch, batch.First, batch.Last, 0), at));
        return true;
    }

    /// <summary>Takes a gap: these numbers of the stream will never come. False: no room.</summary>
    public bool TryAppendGap(LogStream stream, in LogGap gap)
    {
        var room = RoomFor(GapPayload(stream));
        if (room.IsEmpty)
        {
            return false;
        }

        Put(room, stream, gap);
        return true;
    }

    /// <summary>Keeps the newest value under a key, in one piece with everything else of the next commit.</summary>
    public void SetNote(string key, ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, NoteMax);
        var note = _notes.Set(key, value);
        _notesOwed |= !TryPut(note, RoomFor(note.PayloadBytes));
        _notesChanged = true;
    }

    /// <summary>The same, unless the key has that value already.</summary>
    public void SetNoteIfNew(string key, ReadOnlySpan<byte> value)
    {
        if (_notes.Find(key) is not { } note || !note.Value.SequenceEqual(value))
        {
            SetNote(key, value);
        }
    }

    /// <summary>The next commit has all notes, changed or not.</summary>
    public void RepeatNotes() => _notesOwed = _notes.All.Count > 0;

    /// <summary>From the next segment on it is no longer repeated.</summary>
    public void RemoveNote(string key) => _notes.Remove(key);

    /// <summary>Writes when the group is due, syncs when the policy says so, makes room, tries a failed disk again. Some times a commit's interval.</summary>
    public void Tick()
    {
        if (_failedAt != 0 && _clock.GetElapsedTime(_failedAt) < _terms.RetryEvery)
        {
            return;
        }

        if (_tail.Unwritten >= _terms.CommitBytes || (_waitingSince != 0 && _clock.GetElapsedTime(_waitingSince) >= _terms.CommitEvery))
        {
            Commit();
        }
        else if (_tail.Unwritten == 0 && IsSyncDue())
        {
            Guarded(_sync);
        }

        if (_clock.GetElapsedTime(_roomAt) >= SegmentRoom.LookEvery)
        {
            _roomAt = _clock.GetTimestamp();
            Guarded(_lookForRoom);
        }
    }

    /// <summary>Writes everything now; true when all of it is as safe as the policy promises.</summary>
    public bool Commit() => Guarded(_writeAll);

    /// <summary>Writes and syncs everything, whatever the policy: the power may go now.</summary>
    public bool CommitAndSync() => Commit() && Guarded(_sync);

    /// <summary>Writes what it can, and cuts off the room that was preallocated.</summary>
    public void Dispose()
    {
        CommitAndSync();
        _writer.Dispose();
        _tail.Dispose();
    }

    private static void Begin(Span<byte> body, LogStream stream, ulong first, ulong last)
    {
        ref var header = ref BatchHeader.At(body);
        header = default;
        header.First = first;
        header.Last = last;
        header.NameBytes = (ushort)stream.Utf8.Length;
        var name = body[BatchHeader.Bytes..];
        name[..BatchHeader.PaddedName(stream.Utf8.Length)].Clear();
        stream.Utf8.CopyTo(name);
    }

    private Span<byte> RoomFor(int payload)
    {
        var stride = RecordHeader.StrideOf(payload);
        if (_writer.IsOpen && _failedAt == 0 && _writer.Offset + _tail.Unwritten + stride > _terms.SegmentBytes)
        {
            Guarded(_roll);
        }

        var room = _tail.Room(stride);
        if (room.IsEmpty && _failedAt == 0 && Guarded(_writeAndSync))
        {
            room = _tail.Room(stride);
        }

        return room;
    }

    private void Seal(Span<byte> room, RecordKind kind, int payload)
    {
        var utcNanos = (_clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
        _tail.Add(RecordHeader.Seal(room, kind, payload, ++_number, utcNanos));
        _newestUtcNanos = utcNanos;
        if (_waitingSince == 0)
        {
            _waitingSince = _clock.GetTimestamp();
        }
    }

    /// <summary>False: there was no room for it.</summary>
    private bool TryPut(LogNote note, Span<byte> room)
    {
        if (room.IsEmpty)
        {
            return false;
        }

        note.Write(room[RecordHeader.Bytes..]);
        Seal(room, RecordKind.Note, note.PayloadBytes);
        return true;
    }

    private void WriteAll()
    {
        Write();
        _waitingSince = 0;
        if (_terms.Fsync == FsyncPolicy.Os)
        {
            Clear();
        }
        else if (_terms.Fsync == FsyncPolicy.Every || IsSyncDue())
        {
            Sync();
        }

        Recovered();
    }

    private void Write()
    {
        EndNotes();
        if (_tail.Unwritten == 0)
        {
            return;
        }

        if (!_writer.IsOpen)
        {
            OpenSegment();
            EndNotes();
        }

        _writer.Write(_tail.Waiting, _records.All, _tail.Written, _newestUtcNanos, _clock.GetTimestamp());
        _tail.NoteWritten();
        if (_terms.Fsync != FsyncPolicy.Every)
        {
            Announce();
        }
    }

    /// <summary>The tail is full of what only waits for its sync.</summary>
    private void WriteAndSync()
    {
        Write();
        Finish();
        Recovered();
    }

    private void Finish()
    {
        if (_terms.Fsync == FsyncPolicy.Os)
        {
            Clear();
        }
        else
        {
            Sync();
        }
    }

    private void OpenSegment()
    {
        LogDisk.MakeFolder(_folder);
        MakeRoom(_terms.SegmentBytes);
        _writer.Open();
        _notesOwed = _notes.All.Count > 0;
    }

    private void Roll()
    {
        Write();
        Finish();
        _writer.Close();
        OpenSegment();
        EndNotes();
    }

    /// <summary>Whatever of the notes a segment still lacks, and the word that all of them hold.</summary>
    private void EndNotes()
    {
        if (_notesOwed)
        {
            _notesOwed = false;
            foreach (var note in _notes.All)
            {
                // Into the tail as it is: no other segment may begin here.
                _notesOwed |= !TryPut(note, _tail.Room(RecordHeader.StrideOf(note.PayloadBytes)));
            }

            _notesChanged = true;
        }

        var room = _notesChanged && !_notesOwed ? _tail.Room(RecordHeader.Bytes) : default;
        if (!room.IsEmpty)
        {
            Seal(room, RecordKind.Commit, 0);
            _notesChanged = false;
        }
    }

    private bool IsSyncDue() =>
        _terms.Fsync == FsyncPolicy.Interval && _tail.Written > 0 && _clock.GetElapsedTime(_syncedAt) >= _terms.FsyncEvery;

    private void Sync()
    {
        if (!_writer.IsOpen)
        {
            return;
        }

        var began = _clock.GetTimestamp();
        _writer.Sync();
        Syncs++;
        _syncedAt = _clock.GetTimestamp();
        var took = _clock.GetElapsedTime(began, _syncedAt);
        _trouble = took >= _terms.SlowSync ? LogTrouble.TooSlow(_folder, took) : null;
        if (_tail.Unwritten == 0)
        {
            Announce();
            Clear();
        }
    }

    /// <summary>All that the tail held is where it belongs.</summary>
    private void Clear()
    {
        _records.Clear();
        if (!_notesOwed && !_notesChanged && _writer.Active is { } active)
        {
            _room.NotesSafeFrom = active.Index;
        }
    }

    private void Announce()
    {
        foreach (var record in _records.All)
        {
            record.Stream.SafeNext = Math.Max(record.Stream.SafeNext, record.Range.To + 1);
        }
    }

    private ulong TellLost()
    {
        var lost = 0ul;
        foreach (var stream in _streams)
        {
            var known = new SequenceSet();
            foreach (var range in stream.Found.Ranges.Concat(stream.FoundGaps.Ranges))
            {
                known.Add(range);
            }

            if (known.IsEmpty)
            {
                continue;
            }

            foreach (var missing in known.Missing(new SequenceRange(known.Ranges[0].First, known.Ranges[^1].Last)).ToArray())
            {
                lost += missing.Count;
                stream.FoundGaps.Add(missing);
                TryAppendGap(stream, new LogGap(stream.Epoch, missing.First, missing.Last, (byte)DropCause.Damaged));
            }
        }

        return lost;
    }

    private void LookForRoom()
    {
        if (_writer.HasVanished)
        {
            throw new LogFullException(LogTrouble.Vanished(_writer.Active!.Path));
        }

        MakeRoom(0);
        if (_shortage is not null && !_room.IsShort(_terms.SegmentBytes))
        {
            _shortage = null;
        }
    }

    /// <summary>For a new segment of so many bytes, or for none. On a disk that is short of room one segment makes room for another, no more.</summary>
    private void MakeRoom(long bytes)
    {
        var isShort = _room.IsShort(bytes);
        var madeRoom = false;
        while (_room.FindDrop(bytes, isShort && !madeRoom) is { } segment)
        {
            Drop(segment);
            madeRoom = true;
        }

        _room.Demand(bytes, madeRoom);
        if (bytes > 0)
        {
            _shortage = isShort && madeRoom ? LogTrouble.Short(_folder, _terms.FreeBytesMin) : null;
        }
    }

    private void Drop(Segment segment)
    {
        // Written before anything is given up: a disk that refuses it costs nothing.
        var compact = _room.IsTooOld(segment) ? null : _compactor.Write(segment);
        foreach (var entry in segment.IsDropped ? [] : segment.Streams)
        {
            var from = Math.Max(entry.First, entry.Stream.Released + 1);
            if (from <= entry.Last && (compact is null || !entry.Stream.IsKept))
            {
                Dropping?.Invoke(new LogDrop(entry.Stream, from, entry.Last));
                entry.Stream.Dropped += (long)(entry.Last - from + 1);
                KeepGap(entry.Stream, new LogGap(entry.Stream.Epoch, from, entry.Last, (byte)DropCause.SpoolFull));
            }

            foreach (var gap in entry.Gaps)
            {
                if (gap.To > entry.Stream.Released)
                {
                    KeepGap(entry.Stream, gap);
                }
            }
        }

        segment.IsDropped = true;
        if (compact is null)
        {
            _room.Delete(segment);
        }
        else
        {
            _compactor.Replace(segment, compact);
        }
    }

    /// <summary>In the midst of making room, where no other segment may begin.</summary>
    private void KeepGap(LogStream stream, in LogGap gap)
    {
        var room = _tail.Room(RecordHeader.StrideOf(GapPayload(stream)));
        if (!room.IsEmpty)
        {
            Put(room, stream, gap);
        }
    }

    private static int GapPayload(LogStream stream) => BatchHeader.Bytes + BatchHeader.PaddedName(stream.Utf8.Length);

    private void Put(Span<byte> room, LogStream stream, in LogGap gap)
    {
        var body = room[RecordHeader.Bytes..];
        Begin(body, stream, gap.From, gap.To);
        ref var header = ref BatchHeader.At(body);
        header.Epoch = gap.Epoch;
        header.Cause = gap.Cause;
        var at = _tail.Length;
        Seal(room, RecordKind.Gap, GapPayload(stream));
        _records.Add(new TailRecord(stream, gap, at));
    }

    /// <summary>Does something with the disk; what fails is told in words, and what was not synced waits to be written again, elsewhere.</summary>
    private bool Guarded(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (LogFullException cause)
        {
            Fail(cause.Trouble);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Fail(LogTrouble.Of(cause, _folder, _room.HasRoom(_terms.SegmentBytes)));
        }

        return false;
    }

    private void Fail(LogTrouble trouble)
    {
        // After a failed sync nobody knows which of the written pages the disk has (fsync(2), EIO): they are written anew.
        _trouble = trouble;
        _failedAt = _clock.GetTimestamp();
        _writer.Abandon();
        _tail.NoteUnwritten();
    }

    private void Recovered()
    {
        if (_failedAt != 0)
        {
            _failedAt = 0;
            _trouble = _trouble is { Kind: LogTroubleKind.Slow } ? _trouble : null;
        }
    }
}
