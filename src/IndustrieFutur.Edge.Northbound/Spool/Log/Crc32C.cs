using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>CRC-32C (Castagnoli; RFC 3720, B.4): the processor's own instruction where it has one, the runtime's table where not.</summary>
[HotPath]
internal static class Crc32C
{
    public const uint Start = uint.MaxValue;

    /// <summary>Goes on from <see cref="Start"/> or from an earlier part; <see cref="Finish"/> ends it.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var at = 0;
        for (; at + sizeof(ulong) <= bytes.Length; at += sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at)));
        }

        for (; at < bytes.Length; at++)
        {
            crc = BitOperations.Crc32C(crc, Unsafe.Add(ref first, at));
        }

        return crc;
    }

    public static uint Finish(uint crc) => ~crc;

    public static uint Of(ReadOnlySpan<byte> bytes) => Finish(Append(Start, bytes));
}
