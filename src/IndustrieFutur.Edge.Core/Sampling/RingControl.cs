using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>
/// The cursors of a ring, each group alone on its own pair of cache lines so that the two threads do not invalidate each other's.
/// Cursors run freely and never wrap; the slot is the cursor modulo the capacity.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal struct RingControl
{
    /// <summary>Published by the producer: samples before it may be read.</summary>
    [FieldOffset(0)]
    public ulong Written;

    /// <summary>The producer's own: next slot, what it last saw of the reader, what it had to refuse.</summary>
    [FieldOffset(128)]
    public ulong WriteNext;

    [FieldOffset(136)]
    public ulong ReadSeen;

    [FieldOffset(144)]
    public ulong TextNext;

    [FieldOffset(152)]
    public ulong TextReadSeen;

    [FieldOffset(160)]
    public ulong Refused;

    /// <summary>Published by the reader: slots before it may be written again.</summary>
    [FieldOffset(256)]
    public ulong Read;

    [FieldOffset(264)]
    public ulong TextRead;

    /// <summary>The reader's own: next slot, the text slots it has looked at.</summary>
    [FieldOffset(384)]
    public ulong ReadNext;

    [FieldOffset(392)]
    public ulong WrittenSeen;

    [FieldOffset(400)]
    public ulong TextTaken;

    /// <summary>The most samples that the reader has ever found waiting.</summary>
    [FieldOffset(408)]
    public ulong MostWaiting;
}
