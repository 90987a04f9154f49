using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// The beginning of a batch's payload, and all of a gap's; behind it the stream's name, padded to eight bytes, then samples, then
/// their texts. A stream is known by its name: a configuration may come and go.
/// </summary>
[HotPath]
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct BatchHeader
{
    public const int Bytes = 32;

    public ulong Epoch;

    /// <summary>Sequence number of the first sample, or of the first that will never come.</summary>
    public ulong First;

    /// <summary>Sequence number of the last.</summary>
    public ulong Last;

    /// <summary>Which list of signals the samples' indexes mean. The log keeps it and does not read it.</summary>
    public uint Tag;

    public ushort NameBytes;

    /// <summary>Of a gap: why. Of a batch: 0.</summary>
    public byte Cause;

    public readonly ulong Count => Last - First + 1;

    /// <summary>Where the samples begin.</summary>
    public readonly int SamplesAt => Bytes + PaddedName(NameBytes);

    public static int PaddedName(int bytes) => (bytes + 7) & -8;

    public static ref BatchHeader At(Span<byte> payload) => ref Unsafe.As<byte, BatchHeader>(ref MemoryMarshal.GetReference(payload));

    /// <summary>Whether what the payload says of itself fits into it. The checksum held, but another version may have written it.</summary>
    public static bool IsSound(Span<byte> payload, bool isGap)
    {
        if (payload.Length < Bytes)
        {
            return false;
        }

        ref var header = ref At(payload);
        if (header.First == 0 || header.Last < header.First || header.NameBytes == 0 || header.SamplesAt > payload.Length)
        {
            return false;
        }

        return isGap || (header.Last - header.First < LogBatch.SamplesMax
            && header.SamplesAt + ((int)header.Count * LogBatch.SampleBytes) <= payload.Length);
    }
}
