using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// What the signal indexes in the log mean. A plan's list of signals is kept under a tag; a sample written under another plan is
/// found again by device, name and kind.
/// </summary>
internal sealed class SignalBook
{
    /// <summary>A signal takes 100 bytes at most; so many of them are well below what a note holds.</summary>
    private const int PartSignals = 4_096;

    private const string Prefix = "signals/";

    private readonly Dictionary<uint, int[]> _maps = [];
    private readonly SortedDictionary<uint, List<(string Device, string Id, ValueKind Kind)>> _lists;

    private SignalBook(uint tag, SortedDictionary<uint, List<(string Device, string Id, ValueKind Kind)>> lists)
    {
        Tag = tag;
        _lists = lists;
    }

    /// <summary>Under which today's plan writes.</summary>
    public uint Tag { get; }

    /// <summary>Reads the lists that the log has, and adds today's when it is not among them.</summary>
    public static SignalBook Open(SegmentLog log, CellPlan plan)
    {
        var lists = ReadLists(log.Notes);
        var today = plan.Signals.Select(signal => (signal.Device, signal.Id, signal.Kind)).ToArray();
        var known = lists.FirstOrDefault(list => list.Value.SequenceEqual(today));
        var tag = known.Value is null ? lists.Keys.DefaultIfEmpty(0u).Max() + 1 : known.Key;
        if (known.Value is null)
        {
            Write(log, tag, today);
        }

        var indexes = plan.Signals.ToDictionary(signal => (signal.Device, signal.Id, signal.Kind), signal => signal.Index);
        var book = new SignalBook(tag, lists);
        foreach (var (other, signals) in lists)
        {
            book._maps[other] = [.. signals.Select(signal => indexes.GetValueOrDefault(signal, -1))];
        }

        book._maps[tag] = [.. plan.Signals.Select(signal => signal.Index)];
        return book;
    }

    /// <summary>Today's index of a signal that was written under a tag; -1: the plan has it no longer.</summary>
    public int Find(uint tag, int signal) =>
        _maps.TryGetValue(tag, out var map) && (uint)signal < (uint)map.Length ? map[signal] : -1;

    /// <summary>What a signal was called (<c>device.signal</c>) that the plan has no longer.</summary>
    public string NameOf(uint tag, int signal) =>
        _lists.TryGetValue(tag, out var list) && (uint)signal < (uint)list.Count ? $"{list[signal].Device}.{list[signal].Id}" : "unknown";

    /// <summary>Lists that nothing in the log refers to any more need not be carried on.</summary>
    public void Forget(SegmentLog log, IReadOnlySet<uint> used)
    {
        foreach (var key in log.Notes.All.Select(note => note.Key).Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).ToArray())
        {
            if (TagOf(key) is var tag && tag != Tag && !used.Contains(tag))
            {
                log.RemoveNote(key);
            }
        }
    }

    private static uint TagOf(string key) => uint.Parse(key.Split('/')[1], CultureInfo.InvariantCulture);

    /// <summary>By tag, each list of signals that notes hold.</summary>
    public static SortedDictionary<uint, List<(string Device, string Id, ValueKind Kind)>> ReadLists(LogNotes notes)
    {
        var lists = new SortedDictionary<uint, List<(string Device, string Id, ValueKind Kind)>>();
        foreach (var note in notes.All.Where(note => note.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(note => note.Key, StringComparer.Ordinal))
        {
            if (!lists.TryGetValue(TagOf(note.Key), out var list))
            {
                lists.Add(TagOf(note.Key), list = []);
            }

            using var reader = new BinaryReader(new MemoryStream(note.Value.ToArray()), Encoding.UTF8);
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                list.Add((reader.ReadString(), reader.ReadString(), (ValueKind)reader.ReadByte()));
            }
        }

        return lists;
    }

    private static void Write(SegmentLog log, uint tag, (string Device, string Id, ValueKind Kind)[] signals)
    {
        var part = 0;
        foreach (var some in signals.Chunk(PartSignals))
        {
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes, Encoding.UTF8);
            writer.Write(some.Length);
            foreach (var (device, id, kind) in some)
            {
                writer.Write(device);
                writer.Write(id);
                writer.Write((byte)kind);
            }

            writer.Flush();
            log.SetNote($"{Prefix}{tag}/{part++:D6}", bytes.ToArray());
        }
    }
}
