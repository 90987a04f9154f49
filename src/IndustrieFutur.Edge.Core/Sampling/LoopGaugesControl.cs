using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Sampling;

/// <summary>The counters of a sampling loop; its thread's and the spool's each alone on a pair of cache lines.</summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal unsafe struct LoopGaugesControl
{
    public const int Privileges = 4;

    /// <summary>The sampling thread's.</summary>
    [FieldOffset(0)]
    public long PeriodNanos;

    [FieldOffset(8)]
    public long Ticks;

    [FieldOffset(16)]
    public long Missed;

    [FieldOffset(24)]
    public long Collections;

    [FieldOffset(32)]
    public long GuardNanos;

    [FieldOffset(40)]
    public long Marked;

    /// <summary>The output's position at the last mark.</summary>
    [FieldOffset(48)]
    public ulong LastPosition;

    [FieldOffset(56)]
    public long UnreadSeen;

    [FieldOffset(64)]
    public fixed long Granted[Privileges];

    [FieldOffset(64 + (8 * Privileges))]
    public long LastTickMonoNanos;

    [FieldOffset(72 + (8 * Privileges))]
    public long AllocatedBytes;

    /// <summary>The spool's: marks it has taken.</summary>
    [FieldOffset(256)]
    public long Unmarked;
}
