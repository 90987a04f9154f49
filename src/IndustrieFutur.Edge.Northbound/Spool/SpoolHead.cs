using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>What the log knows of a stream beside its samples: the numbering, where it begins to be needed, and its gaps.</summary>
internal sealed record SpoolHead(ulong Epoch, ulong Oldest, ulong Next, IReadOnlyList<LogGap> Gaps)
{
    /// <summary>Samples that a person gave up while no service ran: dropped, and the ledger has them as pending.</summary>
    public SequenceRange GivenUp { get; init; }

    /// <summary>Samples that had been sent and made room, and nobody had said whether they arrived.</summary>
    public IReadOnlyList<SequenceRange> Unheard { get; init; } = [];

    /// <summary>Samples below this number were settled before, and are pending again: the ledger counts them once. 0: there are none.</summary>
    public ulong AgainEnd { get; init; }

    /// <summary>Passed samples that the disk could not give back, stored and not: the ledger still has them as pending.</summary>
    public (ulong Stored, ulong Dropped) Unread { get; init; }

    /// <summary>Samples that the ledger has as pending and of which it is known that the disk cannot give them back.</summary>
    public ulong KnownUnread => Gaps.Where(gap => gap.Cause == (byte)DropCause.Damaged && gap.To >= Oldest)
        .Aggregate(Unheard.Aggregate(Unread.Stored + Unread.Dropped, (sum, range) => sum + range.Count), (sum, gap) => sum + (gap.To - Math.Max(gap.From, Oldest) + 1));

    /// <summary>Samples of which some were stored and others not, and nobody knows whose: each signal was given its share of both.</summary>
    public ulong Shared { get; init; }

    /// <summary>How far each sink was confirmed; none in a spool of before there could be several.</summary>
    public IReadOnlyList<(string Sink, ulong UpTo)> Confirmed { get; init; } = [];

    public static void Write(BinaryWriter writer, ulong epoch, ulong oldest, ulong next, IReadOnlyList<GapRecord> gaps, SequenceRange givenUp = default)
    {
        writer.Write(epoch);
        writer.Write(oldest);
        writer.Write(next);
        writer.Write(givenUp.First);
        writer.Write(givenUp.Last);
        writer.Write(gaps.Count);
        for (var i = 0; i < gaps.Count; i++)
        {
            writer.Write(gaps[i].From);
            writer.Write(gaps[i].To);
            writer.Write(gaps[i].Cause);
        }
    }

    /// <summary>Behind what the sinks have confirmed.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="againEnd">See <see cref="AgainEnd"/>.</param>
    /// <param name="unread">See <see cref="Unread"/>.</param>
    /// <param name="unheard">See <see cref="Unheard"/>.</param>
    /// <param name="limit">Of these, only what lies below this number.</param>
    public static void WriteEnd(
        BinaryWriter writer, ulong againEnd, (ulong Stored, ulong Dropped) unread, IReadOnlyList<SequenceRange> unheard, ulong shared, ulong limit = ulong.MaxValue)
    {
        writer.Write(againEnd);
        writer.Write(unread.Stored);
        writer.Write(unread.Dropped);
        var count = 0;
        while (count < unheard.Count && unheard[count].First < limit)
        {
            count++;
        }

        writer.Write(count);
        for (var i = 0; i < count; i++)
        {
            writer.Write(unheard[i].First);
            writer.Write(Math.Min(unheard[i].Last, limit - 1));
        }

        writer.Write(shared);
    }

    public static SpoolHead Read(ReadOnlySpan<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        var head = new SpoolHead(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), [])
        {
            GivenUp = new SequenceRange(reader.ReadUInt64(), reader.ReadUInt64()),
        };
        var gaps = new List<LogGap>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            gaps.Add(new LogGap(head.Epoch, reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadByte()));
        }

        if (head.GivenUp.First > 0)
        {
            gaps.Add(new LogGap(head.Epoch, head.GivenUp.First, head.GivenUp.Last, (byte)DropCause.SpoolFull));
        }

        var confirmed = ReadConfirmed(reader);
        return head with { Gaps = gaps, Confirmed = confirmed, AgainEnd = ReadMore(reader), Unread = (ReadMore(reader), ReadMore(reader)), Unheard = ReadUnheard(reader), Shared = ReadMore(reader) };
    }

    /// <summary>What a spool of before it was known does not have.</summary>
    private static ulong ReadMore(BinaryReader reader) => reader.BaseStream.Position < reader.BaseStream.Length ? reader.ReadUInt64() : 0;

    private static SequenceRange[] ReadUnheard(BinaryReader reader)
    {
        var isThere = reader.BaseStream.Position < reader.BaseStream.Length;
        var unheard = new SequenceRange[isThere ? reader.ReadInt32() : 0];
        for (var i = 0; i < unheard.Length; i++)
        {
            unheard[i] = new SequenceRange(reader.ReadUInt64(), reader.ReadUInt64());
        }

        return unheard;
    }

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
