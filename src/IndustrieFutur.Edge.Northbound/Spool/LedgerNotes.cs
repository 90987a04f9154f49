using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>The ledger as it goes with each commit: the counters of a few signals to a note, and only those that have changed.</summary>
internal sealed class LedgerNotes : IDisposable
{
    /// <summary>A counter that changes rewrites so many signals' counters: two kilobytes.</summary>
    private const int SignalsPerNote = 64;

    private const string Prefix = "ledger/";

    private readonly LedgerCounters _ledger;
    private readonly Func<int, long> _lastSource;
    private readonly uint _tag;
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;
    private readonly Dictionary<string, (string Key, int[] Signals)[]> _notes = [];

    public LedgerNotes(CellPlan plan, LedgerCounters ledger, uint tag, Func<int, long> lastSource)
    {
        _ledger = ledger;
        _lastSource = lastSource;
        _tag = tag;
        _writer = new BinaryWriter(_bytes);
        foreach (var device in plan.Devices)
        {
            _notes[device.Id] =
            [
                .. device.Signals.Select(signal => signal.Index).Chunk(SignalsPerNote).Select((signals, part) => ($"{Prefix}{device.Id}/{part}", signals)),
            ];
        }
    }

    /// <summary>Each signal's counters and last source time of an earlier run, by today's index.</summary>
    public static Dictionary<int, (LedgerEntry Entry, long LastSource)> Read(LogNotes notes, SignalBook book)
    {
        var read = new Dictionary<int, (LedgerEntry Entry, long LastSource)>();
        foreach (var note in notes.All.Where(note => note.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new BinaryReader(new MemoryStream(note.Value.ToArray()));
            var tag = reader.ReadUInt32();
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                var signal = book.Find(tag, reader.Read7BitEncodedInt());
                var lastSource = reader.ReadInt64();
                var entry = ReadEntry(reader);
                if (signal >= 0)
                {
                    read[signal] = (entry, lastSource);
                }
            }
        }

        return read;
    }

    /// <summary>
    /// The same by name, whatever the plan is. Of a device, only what was written under the list of signals that its first note names: a plan
    /// with fewer signals leaves notes behind.
    /// </summary>
    public static Dictionary<(string Device, string Signal), (LedgerEntry Entry, long LastSource)> ReadNamed(
        LogNotes notes, IReadOnlyDictionary<uint, List<(string Device, string Id, ValueKind Kind)>> lists)
    {
        var read = new Dictionary<(string Device, string Signal), (LedgerEntry Entry, long LastSource)>();
        foreach (var note in notes.All.Where(note => note.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new BinaryReader(new MemoryStream(note.Value.ToArray()));
            var tag = reader.ReadUInt32();
            if (!lists.TryGetValue(tag, out var list) || tag != FirstTag(notes, note.Key))
            {
                continue;
            }

            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                var signal = reader.Read7BitEncodedInt();
                var lastSource = reader.ReadInt64();
                var entry = ReadEntry(reader);
                if ((uint)signal < (uint)list.Count)
                {
                    read[(list[signal].Device, list[signal].Id)] = (entry, lastSource);
                }
            }
        }

        return read;
    }

    /// <summary>Notes what has changed of one device's signals. Under its stream's lock: samples and counters are of one moment.</summary>
    public void Write(SegmentLog log, string device)
    {
        foreach (var (key, signals) in _notes[device])
        {
            _bytes.SetLength(0);
            _writer.Write(_tag);
            _writer.Write7BitEncodedInt(signals.Length);
            foreach (var signal in signals)
            {
                _writer.Write7BitEncodedInt(signal);
                _writer.Write(_lastSource(signal));
                WriteEntry(_ledger.Read(signal));
            }

            log.SetNoteIfNew(key, _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length));
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _bytes.Dispose();
    }

    private static uint FirstTag(LogNotes notes, string key) =>
        notes.Find(key[..(key.LastIndexOf('/') + 1)] + "0") is { Value.Length: >= sizeof(uint) } first ? BitConverter.ToUInt32(first.Value) : 0;

    private void WriteEntry(in LedgerEntry entry)
    {
        _writer.Write7BitEncodedInt64(entry.Produced);
        _writer.Write7BitEncodedInt64(entry.FilteredDuplicate);
        _writer.Write7BitEncodedInt64(entry.FilteredRange);
        _writer.Write7BitEncodedInt64(entry.FilteredDeadband);
        _writer.Write7BitEncodedInt64(entry.FilteredUnsent);
        _writer.Write7BitEncodedInt64(entry.RefusedAtInput);
        _writer.Write7BitEncodedInt64(entry.RefusedAtOutput);
        _writer.Write7BitEncodedInt64(entry.Spooled);
        _writer.Write7BitEncodedInt64(entry.Stored);
        _writer.Write7BitEncodedInt64(entry.DroppedSpoolFull);
        _writer.Write7BitEncodedInt64(entry.DroppedByStore);
        _writer.Write7BitEncodedInt64(entry.DroppedOther);
        _writer.Write7BitEncodedInt64(entry.TimesMoved);
        _writer.Write7BitEncodedInt64(entry.ClockFaults);
    }

    private static LedgerEntry ReadEntry(BinaryReader reader) => new()
    {
        Produced = reader.Read7BitEncodedInt64(),
        FilteredDuplicate = reader.Read7BitEncodedInt64(),
        FilteredRange = reader.Read7BitEncodedInt64(),
        FilteredDeadband = reader.Read7BitEncodedInt64(),
        FilteredUnsent = reader.Read7BitEncodedInt64(),
        RefusedAtInput = reader.Read7BitEncodedInt64(),
        RefusedAtOutput = reader.Read7BitEncodedInt64(),
        Spooled = reader.Read7BitEncodedInt64(),
        Stored = reader.Read7BitEncodedInt64(),
        DroppedSpoolFull = reader.Read7BitEncodedInt64(),
        DroppedByStore = reader.Read7BitEncodedInt64(),
        DroppedOther = reader.Read7BitEncodedInt64(),
        TimesMoved = reader.Read7BitEncodedInt64(),
        ClockFaults = reader.Read7BitEncodedInt64(),
    };
}
