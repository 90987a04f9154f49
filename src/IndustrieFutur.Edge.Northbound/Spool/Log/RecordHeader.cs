using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// Before each record on disk. Records begin at multiples of eight bytes, so that a reader who has lost its place finds the next one
/// by its first word. The checksum covers everything behind itself.
/// </summary>
[HotPath]
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct RecordHeader
{
    public const int Bytes = 32;
    public const int Alignment = 8;

    /// <summary>"IFR1". A bound on what a record may claim stands beside it: nothing larger is believed.</summary>
    public const uint MagicWord = 0x3152_4649;

    /// <summary>A batch takes 160 KiB at most, a note of a thousand signals less; one mebibyte leaves room for both.</summary>
    public const int PayloadMax = 1 << 20;

    private const int CrcFrom = 8;

    public uint Magic;
    public uint Crc;
    public int Length;
    public RecordKind Kind;

    /// <summary>Counts the records ever written, from 1.</summary>
    public ulong Number;

    public long WrittenUtcNanos;

    /// <summary>What the record takes on disk.</summary>
    public readonly int Stride => StrideOf(Length);

    public static int StrideOf(int payload) => (Bytes + payload + Alignment - 1) & -Alignment;

    public static ref RecordHeader At(Span<byte> record) => ref Unsafe.As<byte, RecordHeader>(ref MemoryMarshal.GetReference(record));

    /// <summary>Ends a record whose payload stands already: length, number, time, checksum. Returns what it takes on disk.</summary>
    public static int Seal(Span<byte> record, RecordKind kind, int payload, ulong number, long utcNanos)
    {
        ref var header = ref At(record);
        header = default;
        header.Magic = MagicWord;
        header.Kind = kind;
        header.Length = payload;
        header.Number = number;
        header.WrittenUtcNanos = utcNanos;
        header.Crc = Crc32C.Of(record.Slice(CrcFrom, Bytes - CrcFrom + payload));
        var stride = StrideOf(payload);
        record[(Bytes + payload)..stride].Clear();
        return stride;
    }

    /// <summary>Whether an intact record stands at the beginning of these bytes.</summary>
    public static bool IsIntact(Span<byte> bytes)
    {
        if (bytes.Length < Bytes)
        {
            return false;
        }

        ref var header = ref At(bytes);
        return header.Magic == MagicWord
            && (uint)header.Length <= PayloadMax
            && header.Stride <= bytes.Length
            && header.Crc == Crc32C.Of(bytes.Slice(CrcFrom, Bytes - CrcFrom + header.Length));
    }
}
