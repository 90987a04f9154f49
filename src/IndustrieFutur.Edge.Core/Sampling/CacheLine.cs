using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>Asks the processor to fetch memory that will be needed in a moment, so that a hundred thousand signals, which no cache holds, cost little more than a hundred.</summary>
[HotPath]
internal static unsafe class CacheLine
{
    public const int Bytes = 64;

    /// <summary>Begins to fetch so many lines; reads nothing, so that the address may be any. Nothing happens where the processor is not asked this way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(void* address, int bytes)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (var at = (byte*)address; at < (byte*)address + bytes; at += Bytes)
        {
            Sse.Prefetch0(at);
        }
    }
}
