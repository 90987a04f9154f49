using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>An expression as the stages run it: a flat list of steps for a stack whose depth is known.</summary>
public sealed class StageProgram
{
    /// <summary>Longer than any condition that a person still reads; a tick's work stays bounded.</summary>
    internal const int OpsMax = 256;

    internal StageProgram(StageOp[] ops, int depth, int slots, bool isBoolean, bool usesTime, int[] signals)
    {
        Ops = ops;
        Depth = depth;
        Slots = slots;
        IsBoolean = isBoolean;
        UsesTime = usesTime;
        Signals = signals;
    }

    /// <summary>True or false, and not a number.</summary>
    public bool IsBoolean { get; }

    /// <summary>Its value depends on what was before, and not on what is alone.</summary>
    public bool Remembers => Slots > 0;

    /// <summary>The signals it names, each once.</summary>
    public IReadOnlyList<int> Signals { get; }

    internal StageOp[] Ops { get; }

    /// <summary>The most values that lie on the stack at once.</summary>
    internal int Depth { get; }

    /// <summary>Steps that remember something.</summary>
    internal int Slots { get; }

    /// <summary>Its value changes with time alone.</summary>
    internal bool UsesTime { get; }

    /// <summary>As bytes, for another process of the same build: the plan hash and the layout's version guard the join.</summary>
    public byte[] ToBytes() =>
        [.. MemoryMarshal.AsBytes<int>([Depth, Slots, IsBoolean ? 1 : 0, UsesTime ? 1 : 0, Signals.Count]), .. MemoryMarshal.AsBytes<int>([.. Signals]), .. MemoryMarshal.AsBytes<StageOp>(Ops)];

    /// <summary>What <see cref="ToBytes"/> wrote.</summary>
    public static StageProgram FromBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var head = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, 5 * sizeof(int)));
        var signals = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(5 * sizeof(int), head[4] * sizeof(int)));
        var ops = MemoryMarshal.Cast<byte, StageOp>(bytes.AsSpan((5 + head[4]) * sizeof(int)));
        return new StageProgram(ops.ToArray(), head[0], head[1], head[2] != 0, head[3] != 0, signals.ToArray());
    }
}
