using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>What stands before the bytes of a <see cref="HotText"/>. Odd version: being written. Zero: never written.</summary>
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct HotTextHeader
{
    [FieldOffset(0)]
    public uint Version;

    [FieldOffset(4)]
    public int Length;
}
