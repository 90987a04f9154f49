using System.Text;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What a spool's folder holds, read and never touched: beside a running service too. What comes after the reading is not in it.</summary>
public sealed class SpoolInspection
{
    private readonly string[] _segments;
    private readonly LogNotes _notes = new();
    private readonly SortedDictionary<uint, List<(string Device, string Id, ValueKind Kind)>> _lists;
    private readonly Dictionary<string, SequenceSet> _found = [];
    private readonly Dictionary<string, SpoolHead> _heads = [];

    private SpoolInspection(string[] segments)
    {
        _segments = segments;
        var uncommitted = new LogNotes();
        Scan(scanner => Take(scanner, uncommitted));
        _lists = SignalBook.ReadLists(_notes);
        foreach (var name in _found.Keys)
        {
            _heads[name] = _notes.Find(SpoolRecovery.HeadKey(name)) is { } note ? SpoolHead.Read(note.Value) : new SpoolHead(0, 1, 1, []);
        }

        Streams = Describe();
    }

    public int Segments => _segments.Length;

    public long BytesOnDisk { get; private set; }

    /// <summary>Places where something else stands than records, with intact ones behind them.</summary>
    public int DamagedPlaces { get; private set; }

    public IReadOnlyList<StoredStream> Streams { get; }

    /// <summary>When the last commit was written; 0: there is none.</summary>
    internal long CommittedUtcNanos { get; private set; }

    /// <summary>A service went on meanwhile and took files away: the last commit and the samples read may be of two moments.</summary>
    internal bool IsCutShort { get; private set; }

    internal LogNotes Notes => _notes;

    /// <summary>By tag, what the signal indexes mean.</summary>
    internal IReadOnlyDictionary<uint, List<(string Device, string Id, ValueKind Kind)>> Lists => _lists;

    /// <summary>By stream, the numbers that are there.</summary>
    internal IReadOnlyDictionary<string, SequenceSet> Found => _found;

    /// <summary>Reads all of it once. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the folder cannot be read.</summary>
    public static SpoolInspection Read(string folder) =>
        new([.. Directory.EnumerateFiles(folder, "*" + LogOpener.Extension).Order(StringComparer.Ordinal)]);

    /// <summary>The samples, segment by segment in the order of their numbers: the pending ones, or all that are still there.</summary>
    public IEnumerable<StoredSpoolSample> Samples(bool areAllWanted)
    {
        foreach (var (name, batch) in Batches())
        {
            for (var number = Math.Max(batch.First, areAllWanted ? 0 : _heads[name].Oldest); number <= batch.Last; number++)
            {
                yield return Named(batch, name, number);
            }
        }
    }

    /// <summary>The streams' batches in the order of the segments, each number once; the batch is good until the next one.</summary>
    internal IEnumerable<(string Name, LogBatch Batch)> Batches()
    {
        using var batch = new LogBatch();
        var seen = _found.Keys.ToDictionary(name => name, _ => new SequenceSet());
        foreach (var path in _segments)
        {
            using var scanner = TryOpen(path);
            while (scanner is not null && scanner.TryNext())
            {
                if (!IsBatch(scanner, out var name, out var range) || !seen.TryGetValue(name, out var done) || done.Contains(range.First))
                {
                    continue;
                }

                done.Add(range);
                batch.Take(scanner.Payload, scanner.Header.WrittenUtcNanos);
                yield return (name, batch);
            }
        }
    }

    /// <summary>A segment that is gone by now was needed by nobody any more.</summary>
    private SegmentScanner? TryOpen(string path)
    {
        try
        {
            return new SegmentScanner(path);
        }
        catch (FileNotFoundException)
        {
            IsCutShort = true;
            return null;
        }
    }

    private static bool IsBatch(SegmentScanner scanner, out string name, out SequenceRange range)
    {
        name = "";
        range = default;
        if (scanner.Header.Kind != RecordKind.Samples || !BatchHeader.IsSound(scanner.Payload, isGap: false))
        {
            return false;
        }

        ref var header = ref BatchHeader.At(scanner.Payload);
        name = Encoding.UTF8.GetString(scanner.Payload.Slice(BatchHeader.Bytes, header.NameBytes));
        range = new SequenceRange(header.First, header.Last);
        return true;
    }

    private void Scan(Action<SegmentScanner> onRecord)
    {
        foreach (var path in _segments)
        {
            using var scanner = TryOpen(path);
            while (scanner is not null && scanner.TryNext())
            {
                onRecord(scanner);
            }

            BytesOnDisk += scanner?.End ?? 0;
            DamagedPlaces += scanner?.Holes ?? 0;
        }
    }

    private void Take(SegmentScanner scanner, LogNotes uncommitted)
    {
        if (IsBatch(scanner, out var name, out var range))
        {
            if (!_found.TryGetValue(name, out var found))
            {
                _found.Add(name, found = new SequenceSet());
            }

            found.Add(range);
        }
        else if (scanner.Header.Kind == RecordKind.Note && LogNote.TryRead(scanner.Payload, out var key, out var value))
        {
            uncommitted.Set(key, value);
        }
        else if (scanner.Header.Kind == RecordKind.Commit)
        {
            CommittedUtcNanos = scanner.Header.WrittenUtcNanos;
            foreach (var note in uncommitted.All)
            {
                _notes.Set(note.Key, note.Value);
            }
        }
    }

    private StoredStream[] Describe()
    {
        var oldest = new Dictionary<string, long>();
        var pending = _found.ToDictionary(pair => pair.Key, pair => Pending(pair.Key, pair.Value));
        var awaited = pending.Count(pair => pair.Value > 0);
        foreach (var sample in awaited > 0 ? Samples(areAllWanted: false) : [])
        {
            if (oldest.TryAdd(sample.Device, sample.Sample.SourceUtcNanos) && oldest.Count == awaited)
            {
                break;
            }
        }

        return [.. _found.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Describe(pair.Key, pair.Value, pending[pair.Key], oldest.GetValueOrDefault(pair.Key)))];
    }

    private StoredStream Describe(string name, SequenceSet found, ulong pending, long oldestUtcNanos)
    {
        var head = _heads[name];
        var dropped = head.Gaps.Aggregate(0ul, (sum, gap) => sum + (gap.To - gap.From + 1));
        return new StoredStream(name, StreamSpool.Hex(head.Epoch), Math.Max(head.Next, found.Ranges[^1].Last + 1), pending, found.Count, dropped, oldestUtcNanos);
    }

    private ulong Pending(string name, SequenceSet found)
    {
        var oldest = _heads[name].Oldest;
        return found.Ranges.Where(range => range.Last >= oldest).Aggregate(0ul, (sum, range) => sum + (range.Last - Math.Max(range.First, oldest) + 1));
    }

    private StoredSpoolSample Named(LogBatch batch, string device, ulong number)
    {
        var sample = batch.Samples[(int)(number - batch.First)];
        var isKnown = _lists.TryGetValue(batch.Tag, out var list) && (uint)sample.Signal < (uint)list.Count;
        var (_, id, kind) = isKnown ? list![sample.Signal] : (device, "", ValueKind.Int64);
        var isText = kind == ValueKind.Text && !StatusCode.IsBad(sample.Status);
        return new StoredSpoolSample(number, device, id, kind, sample, isText ? Encoding.UTF8.GetString(batch.Text(sample)) : "");
    }
}
