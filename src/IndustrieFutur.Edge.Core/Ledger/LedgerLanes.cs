using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Ledger;

/// <summary>One signal's counters. Each lane has one writing thread and a cache line of its own, so counting costs a plain addition.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct LedgerLanes
{
    // The driver's thread.
    [FieldOffset(0)]
    public long ProducedByDriver;

    [FieldOffset(8)]
    public long RefusedAtInput;

    // The sampling thread.
    [FieldOffset(64)]
    public long ProducedByStages;

    [FieldOffset(72)]
    public long FilteredDuplicate;

    [FieldOffset(80)]
    public long FilteredRange;

    [FieldOffset(88)]
    public long FilteredDeadband;

    [FieldOffset(96)]
    public long RefusedAtOutput;

    [FieldOffset(104)]
    public long TimesMoved;

    [FieldOffset(112)]
    public long ClockFaults;

    [FieldOffset(120)]
    public long FilteredUnsent;

    // The spool, under its lock.
    [FieldOffset(128)]
    public long Spooled;

    [FieldOffset(136)]
    public long Stored;

    [FieldOffset(144)]
    public long DroppedSpoolFull;

    [FieldOffset(152)]
    public long DroppedByStore;

    [FieldOffset(160)]
    public long DroppedOther;

    // The sample being counted as spooled: its place in the ring and one more, and the counter before it.
    [FieldOffset(168)]
    public ulong SpoolingAt;

    [FieldOffset(176)]
    public long SpooledBefore;
}
