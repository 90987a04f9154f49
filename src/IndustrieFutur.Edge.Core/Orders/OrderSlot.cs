using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>One order on its way to one device and back, in memory that two processes may share. Each line has one writer at a time: whose turn it is.</summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal unsafe struct OrderSlot
{
    public const int ValuesMax = 4;
    public const int TextBytes = 192;

    [FieldOffset(0)]
    public int State;

    /// <summary>Control's, while the slot is empty.</summary>
    [FieldOffset(128)]
    public long Id;

    [FieldOffset(136)]
    public int Command;

    [FieldOffset(140)]
    public int Count;

    [FieldOffset(144)]
    public fixed double Values[ValuesMax];

    [FieldOffset(176)]
    public long PostedMonoNanos;

    [FieldOffset(184)]
    public long ExpiresMonoNanos;

    [FieldOffset(192)]
    public long Generation;

    [FieldOffset(200)]
    public ulong Safety;

    /// <summary>The link's, once it has taken the order.</summary>
    [FieldOffset(256)]
    public long TakenMonoNanos;

    [FieldOffset(264)]
    public long AnsweredMonoNanos;

    [FieldOffset(272)]
    public int Verdict;

    [FieldOffset(276)]
    public int Cause;

    [FieldOffset(280)]
    public int Detail;

    [FieldOffset(284)]
    public uint Code;

    [FieldOffset(288)]
    public int TextLength;

    [FieldOffset(292)]
    public fixed byte Text[TextBytes];
}
