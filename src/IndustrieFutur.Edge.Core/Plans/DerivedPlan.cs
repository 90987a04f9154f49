using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>How the stages make a signal that no device has, from others of the plan. Immutable, names resolved to indices.</summary>
public sealed record DerivedPlan
{
    public required DerivedKind Kind { get; init; }

    /// <summary>The expression, or the condition of an alarm or an interlock.</summary>
    public StageProgram? Value { get; init; }

    /// <summary>Its rise sets a counter to zero.</summary>
    public StageProgram? Reset { get; init; }

    /// <summary>The signal each of whose samples a window, a counter or a cycle takes; -1 for none.</summary>
    public int Input { get; init; } = -1;

    public WindowOf Of { get; init; }

    /// <summary>Length of a window; they follow one another without a gap, from 1970 on. 0: it is counted in samples.</summary>
    public long OverNanos { get; init; }

    /// <summary>Samples of a window that is counted in them.</summary>
    public int Every { get; init; }

    /// <summary>What a number must exceed to be high; without it the input is a boolean.</summary>
    public double? Threshold { get; init; }

    /// <summary>So far below the threshold a number must fall to be low again.</summary>
    public double Hysteresis { get; init; }

    /// <summary>Falls count, and not rises.</summary>
    public bool Falling { get; init; }

    /// <summary>So long the condition must hold before the alarm is active (ISA-18.2: on-delay).</summary>
    public long OnDelayNanos { get; init; }

    /// <summary>So long the condition must be over before the alarm returns to normal (ISA-18.2: off-delay).</summary>
    public long OffDelayNanos { get; init; }

    public AlarmPriority Priority { get; init; }

    /// <summary>The sentence for people, of an alarm or an interlock.</summary>
    public string MessageFr { get; init; } = "";

    public string MessageEn { get; init; } = "";

    /// <summary>All that was written of it, as one text: plans with other words are other plans.</summary>
    public required string Written { get; init; }
}
