using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>The cursors of a ring of reactions: the tick's and the gate's, each on lines of its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct ReactionControl
{
    /// <summary>The tick's.</summary>
    [FieldOffset(0)]
    public long Written;

    [FieldOffset(8)]
    public long Refused;

    /// <summary>The gate's.</summary>
    [FieldOffset(128)]
    public long Read;
}
