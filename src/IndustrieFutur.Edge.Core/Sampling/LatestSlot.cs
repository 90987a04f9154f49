using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>One signal's newest sample behind its version: a cache line of its own. Odd version: being written. Zero: never written.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct LatestSlot
{
    [FieldOffset(0)]
    public uint Version;

    [FieldOffset(4)]
    public int TextLength;

    [FieldOffset(8)]
    public Sample Sample;
}
