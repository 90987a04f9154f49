using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>The ledger as it goes with each commit: the counters of a few signals to a note, and only those that have changed.</summary>
internal sealed class LedgerNotes
{
    /// <summary>A counter that changes rewrites so many signals' counters: two kilobytes.</summary>
    private const int SignalsPerNote = 64;

    private const int CountersPerSignal = 14;

    private const int Varint32Max = 5;

    private const int Varint64Max = 10;

    /// <summary>The tag, how many, and of each signal its number, its last source time and its counters.</summary>
    private const int NoteBytesMax = sizeof(uint) + Varint32Max + (SignalsPerNote * (Varint32Max + sizeof(long) + (CountersPerSignal * Varint64Max)));

    private const string Prefix = "ledger/";

    /// <summary>What no signal has: the first commit of a run notes all of them, under this run's list of signals.</summary>
    private static readonly (LedgerEntry Entry, long LastSource) NotYet = (new LedgerEntry { Produced = -1 }, 0);

    private readonly LedgerCounters _ledger;
    private readonly Func<int, long> _lastSource;
    private readonly uint _tag;
    private readonly byte[] _bytes = new byte[NoteBytesMax];
    private readonly (LedgerEntry Entry, long LastSource)[] _now = new (LedgerEntry Entry, long LastSource)[SignalsPerNote];
    private readonly Dictionary<string, (string Key, int[] Signals, (LedgerEntry Entry, long LastSource)[] Noted)[]> _notes = [];

    public LedgerNotes(CellPlan plan, LedgerCounters ledger, uint tag, Func<int, long> lastSource)
    {
        _ledger = ledger;
        _lastSource = lastSource;
        _tag = tag;
        foreach (var device in plan.Devices)
        {
            _notes[device.Id] =
            [
                .. device.Signals.Select(signal => signal.Index).Chunk(SignalsPerNote)
                    .Select((signals, part) => ($"{Prefix}{device.Id}/{part}", signals, signals.Select(_ => NotYet).ToArray())),
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
        foreach (var (key, signals, noted) in _notes[device])
        {
            var now = _now.AsSpan(0, signals.Length);
            for (var i = 0; i < signals.Length; i++)
            {
                now[i] = (_ledger.Read(signals[i]), _lastSource(signals[i]));
            }

            // Far cheaper than writing them down, and most commits bring something of a few signals only.
            if (!MemoryMarshal.AsBytes(now).SequenceEqual(MemoryMarshal.AsBytes(noted.AsSpan())))
            {
                now.CopyTo(noted);
                log.SetNoteIfNew(key, _bytes.AsSpan(0, Encode(signals, noted)));
            }
        }
    }

    private int Encode(int[] signals, (LedgerEntry Entry, long LastSource)[] noted)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes, _tag);
        var at = sizeof(uint);
        PutVarint(ref at, signals.Length);
        for (var i = 0; i < signals.Length; i++)
        {
            PutVarint(ref at, signals[i]);
            BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(at), noted[i].LastSource);
            at += sizeof(long);
            PutEntry(ref at, noted[i].Entry);
        }

        return at;
    }

    private static uint FirstTag(LogNotes notes, string key) =>
        notes.Find(key[..(key.LastIndexOf('/') + 1)] + "0") is { Value.Length: >= sizeof(uint) } first ? BitConverter.ToUInt32(first.Value) : 0;

    private void PutEntry(ref int at, in LedgerEntry entry)
    {
        PutVarint(ref at, entry.Produced);
        PutVarint(ref at, entry.FilteredDuplicate);
        PutVarint(ref at, entry.FilteredRange);
        PutVarint(ref at, entry.FilteredDeadband);
        PutVarint(ref at, entry.FilteredUnsent);
        PutVarint(ref at, entry.RefusedAtInput);
        PutVarint(ref at, entry.RefusedAtOutput);
        PutVarint(ref at, entry.Spooled);
        PutVarint(ref at, entry.Stored);
        PutVarint(ref at, entry.DroppedSpoolFull);
        PutVarint(ref at, entry.DroppedByStore);
        PutVarint(ref at, entry.DroppedOther);
        PutVarint(ref at, entry.TimesMoved);
        PutVarint(ref at, entry.ClockFaults);
    }

    /// <summary>Seven bits a byte, the lowest first, as <see cref="BinaryReader.Read7BitEncodedInt64"/> reads them.</summary>
    private void PutVarint(ref int at, long value)
    {
        var left = (ulong)value;
        for (; left >= 0x80; left >>= 7)
        {
            _bytes[at++] = (byte)(left | 0x80);
        }

        _bytes[at++] = (byte)left;
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
