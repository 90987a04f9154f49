using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What the log knows of a stream beside its samples: the numbering, where it begins to be needed, and its gaps.</summary>
internal sealed record SpoolHead(ulong Epoch, ulong Oldest, ulong Next, IReadOnlyList<LogGap> Gaps)
{
    /// <summary>Samples that had been sent and dropped, and nobody had said whether they arrived.</summary>
    public SequenceRange Undecided { get; init; }

    /// <summary>Samples below this number were settled before, and are pending again: the ledger counts them once. 0: there are none.</summary>
    public ulong AgainEnd { get; init; }

    /// <summary>Passed samples that the disk could not give back, stored and not: the ledger still has them as pending.</summary>
    public (ulong Stored, ulong Dropped) Unread { get; init; }

    /// <summary>Samples that the ledger has as pending and of which it is known that the disk cannot give them back.</summary>
    public ulong KnownUnread => Gaps.Where(gap => gap.Cause == (byte)DropCause.Damaged && gap.To >= Oldest)
        .Aggregate(Unread.Stored + Unread.Dropped, (sum, gap) => sum + (gap.To - Math.Max(gap.From, Oldest) + 1));

    /// <summary>How far each sink was confirmed; none in a spool of before there could be several.</summary>
    public IReadOnlyList<(string Sink, ulong UpTo)> Confirmed { get; init; } = [];

    public static void Write(BinaryWriter writer, ulong epoch, ulong oldest, ulong next, IReadOnlyList<GapRecord> gaps, SequenceRange undecided)
    {
        writer.Write(epoch);
        writer.Write(oldest);
        writer.Write(next);
        writer.Write(undecided.First);
        writer.Write(undecided.Last);
        writer.Write(gaps.Count);
        for (var i = 0; i < gaps.Count; i++)
        {
            writer.Write(gaps[i].From);
            writer.Write(gaps[i].To);
            writer.Write(gaps[i].Cause);
        }
    }

    /// <summary>Behind what the sinks have confirmed.</summary>
    public static void WriteEnd(BinaryWriter writer, ulong againEnd, (ulong Stored, ulong Dropped) unread)
    {
        writer.Write(againEnd);
        writer.Write(unread.Stored);
        writer.Write(unread.Dropped);
    }

    public static SpoolHead Read(ReadOnlySpan<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        var head = new SpoolHead(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), [])
        {
            Undecided = new SequenceRange(reader.ReadUInt64(), reader.ReadUInt64()),
        };
        var gaps = new List<LogGap>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            gaps.Add(new LogGap(head.Epoch, reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadByte()));
        }

        if (head.Undecided.First > 0)
        {
            gaps.Add(new LogGap(head.Epoch, head.Undecided.First, head.Undecided.Last, (byte)DropCause.SpoolFull));
        }

        var confirmed = ReadConfirmed(reader);
        return head with { Gaps = gaps, Confirmed = confirmed, AgainEnd = ReadMore(reader), Unread = (ReadMore(reader), ReadMore(reader)) };
    }

    /// <summary>What a spool of before it was known does not have.</summary>
    private static ulong ReadMore(BinaryReader reader) => reader.BaseStream.Position < reader.BaseStream.Length ? reader.ReadUInt64() : 0;

    private static (string Sink, ulong UpTo)[] ReadConfirmed(BinaryReader reader)
    {
        var isThere = reader.BaseStream.Position < reader.BaseStream.Length;
        var confirmed = new (string Sink, ulong UpTo)[isThere ? reader.ReadInt32() : 0];
        for (var i = 0; i < confirmed.Length; i++)
        {
            confirmed[i] = (reader.ReadString(), reader.ReadUInt64());
        }

        return confirmed;
    }
}
