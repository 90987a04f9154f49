using System.Globalization;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Reads everything a log's folder holds when it is opened: builds the index, finds the notes that hold, cuts what a killed write left
/// behind the last record, and never cuts a good one. Each batch counts once, also when a failing disk had it written twice.
/// </summary>
internal sealed class LogOpener(string folder, SegmentShelf shelf, LogNotes notes, Func<string, LogStream> streamOf, Action<LogStream, LogBatch>? onBatch)
    : IDisposable
{
    public const string Extension = ".seg";

    /// <summary>Ten digits, as names have them: a segment a second for three hundred years.</summary>
    private const long IndexMax = 10_000_000_000;

    private readonly LogBatch _batch = new();
    private readonly LogNotes _uncommitted = new();
    private readonly List<string> _unreadable = [];
    private long _records;
    private long _samples;
    private int _holes;
    private int _torn;
    private bool _isEndDamaged;
    private bool _isEndCut;
    private HashSet<string> _noted = [];
    private HashSet<string> _lastNotes = [];
    private int _holesAtCommit;

    // Since the present file's beginning.
    private readonly HashSet<string> _notedHere = [];

    /// <summary>The number of the newest record; 0: there is none.</summary>
    public ulong LastRecord { get; private set; }

    /// <summary>The index of the newest file, whatever is in it.</summary>
    public long LastIndex { get; private set; }

    /// <summary>The newest file that has all notes, committed: those before it are not needed for them. 0: there is none.</summary>
    public long NotesFrom { get; private set; }

    public static string PathOf(string folder, long index) => Path.Combine(folder, $"{index:D10}{Extension}");

    public LogOpening Open()
    {
        foreach (var (index, path) in Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(path => (Index: IndexOf(path), Path: path)).Where(file => file.Index >= 0).OrderBy(file => file.Index))
        {
            LastIndex = index;
            TryScan(new Segment(index, path));
        }

        return new LogOpening(_records, _samples, _holes, _torn, _unreadable, 0) { IsEndDamaged = _isEndDamaged, IsEndCut = _isEndCut, LastNotes = _lastNotes };
    }

    public void Dispose() => _batch.Dispose();

    /// <summary>-1: the file is somebody else's, and is left alone.</summary>
    private static long IndexOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index is > 0 and < IndexMax && Path.GetFileName(path) == Path.GetFileName(PathOf("", index)) ? index : -1;

    private void TryScan(Segment segment)
    {
        try
        {
            _notedHere.Clear();
            var isTorn = Scan(segment);
            _torn += isTorn ? 1 : 0;
            if (segment.Length == 0)
            {
                Discard(segment.Path, isTorn);
                return;
            }

            CutBehind(segment, isTorn);
            shelf.Add(segment);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add($"{segment.Path} ({cause.Message})");
            _isEndDamaged = true;
        }
    }

    private bool Scan(Segment segment)
    {
        using var scanner = new SegmentScanner(segment.Path);
        while (scanner.TryNext())
        {
            _records++;
            LastRecord = Math.Max(LastRecord, scanner.Header.Number);
            segment.NewestUtcNanos = Math.Max(segment.NewestUtcNanos, scanner.Header.WrittenUtcNanos);
            _lastNotes = scanner.Header.Kind == RecordKind.Commit ? _lastNotes : [];
            Take(segment, scanner);
        }

        _lastNotes = scanner.IsTorn ? [] : _lastNotes;

        // Of the newest file this is what holds; one whose room was never used says only that nothing came behind the one before.
        var isUsed = scanner.End > 0 || scanner.IsTorn;
        _isEndDamaged = isUsed ? scanner.Holes > 0 || (scanner.IsTorn && !scanner.EndsInHalfAWrite()) : _isEndDamaged;
        _isEndCut = scanner.Limit == 0 ? _isEndCut : scanner.End == scanner.Limit;

        _holes += scanner.Holes;
        segment.Length = scanner.End;
        segment.BytesOnDisk = scanner.End;
        return scanner.IsTorn;
    }

    private void Take(Segment segment, SegmentScanner scanner)
    {
        switch (scanner.Header.Kind)
        {
            case RecordKind.Samples when BatchHeader.IsSound(scanner.Payload, isGap: false):
                TakeBatch(segment, scanner);
                return;
            case RecordKind.Gap when BatchHeader.IsSound(scanner.Payload, isGap: true):
                TakeGap(segment, scanner);
                return;
            case RecordKind.Note when LogNote.TryRead(scanner.Payload, out var key, out var value):
                _uncommitted.Set(key, value);
                _noted.Add(key);
                _notedHere.Add(key);
                return;
            case RecordKind.Commit:
                Commit(segment, _holes + scanner.Holes);
                return;
            default:
                // A kind of a later version: it stays where it is.
                return;
        }
    }

    private void TakeBatch(Segment segment, SegmentScanner scanner)
    {
        var stream = Note(segment, scanner, out var range);
        if (!stream.Found.Contains(range.First))
        {
            _batch.Take(scanner.Payload, scanner.Header.WrittenUtcNanos);
            stream.Epoch = _batch.Epoch;
            stream.Found.Add(range);
            _samples += _batch.Count;
            onBatch?.Invoke(stream, _batch);
        }
    }

    private void TakeGap(Segment segment, SegmentScanner scanner)
    {
        var stream = Note(segment, scanner, out var range);
        stream.FoundGaps.Add(range);
    }

    private LogStream Note(Segment segment, SegmentScanner scanner, out SequenceRange range)
    {
        ref var header = ref BatchHeader.At(scanner.Payload);
        var stream = streamOf(System.Text.Encoding.UTF8.GetString(scanner.Payload.Slice(BatchHeader.Bytes, header.NameBytes)));
        range = new SequenceRange(header.First, header.Last);
        segment.Note(stream, new LogGap(header.Epoch, header.First, header.Last, header.Cause), scanner.At);
        stream.SafeNext = Math.Max(stream.SafeNext, header.Last + 1);
        return stream;
    }

    private void Commit(Segment segment, int holes)
    {
        _lastNotes = holes == _holesAtCommit ? _noted : [];
        (_noted, _holesAtCommit) = ([], holes);
        foreach (var note in _uncommitted.All)
        {
            notes.Set(note.Key, note.Value);
        }

        if (NotesFrom != segment.Index && notes.All.All(note => _notedHere.Contains(note.Key)))
        {
            NotesFrom = segment.Index;
        }
    }

    /// <summary>
    /// The rest is preallocated room, or half a record. A disk that takes no writes keeps it. Some room stays: a kill before the next segment is
    /// there must not leave a file that looks cut.
    /// </summary>
    private static void CutBehind(Segment segment, bool isTorn)
    {
        try
        {
            using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            if (isTorn)
            {
                RandomAccess.SetLength(file, segment.Length);
            }

            RandomAccess.SetLength(file, segment.Length + SegmentWriter.RoomBehind);
            segment.BytesOnDisk = segment.Length + SegmentWriter.RoomBehind;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            segment.BytesOnDisk = new FileInfo(segment.Path).Length;
        }
    }

    /// <summary>A file without one intact record: nothing was ever written to it, or all of it is damaged; that lies aside.</summary>
    private void Discard(string path, bool isDamaged)
    {
        if (!isDamaged)
        {
            File.Delete(path);
            return;
        }

        var aside = path + ".bad";
        File.Move(path, aside, overwrite: true);
        _unreadable.Add(aside);
    }
}
