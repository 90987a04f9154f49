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

    /// <summary>The signals it names, each once.</summary>
    public IReadOnlyList<int> Signals { get; }

    internal StageOp[] Ops { get; }

    /// <summary>The most values that lie on the stack at once.</summary>
    internal int Depth { get; }

    /// <summary>Steps that remember something.</summary>
    internal int Slots { get; }

    /// <summary>Its value changes with time alone.</summary>
    internal bool UsesTime { get; }
}
