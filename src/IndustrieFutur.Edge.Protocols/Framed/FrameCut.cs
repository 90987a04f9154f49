namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>What a cutter found at the head of the bytes it was shown: how many are done with, and whether a frame lies among them.</summary>
internal readonly record struct FrameCut(int Consumed, int Start, int Length, FrameFault Fault)
{
    /// <summary>Nothing can be said before more bytes come.</summary>
    public static FrameCut NeedsMore => default;

    public bool IsFrame => Consumed > 0 && Length >= 0;

    public static FrameCut Frame(int consumed, int start, int length) => new(consumed, start, length, FrameFault.None);

    public static FrameCut Dropped(int consumed, FrameFault fault) => new(consumed, 0, -1, fault);
}
