using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>Up to where the output ring was filled by the tick of a time.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct TickMark
{
    public ulong Position;
    public long MonoNanos;
}
