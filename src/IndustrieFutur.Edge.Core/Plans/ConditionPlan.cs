using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>A condition on live values that a command asks: an interlock, or the effect that is expected of it. It remembers nothing.</summary>
public sealed record ConditionPlan
{
    public required StageProgram Program { get; init; }

    /// <summary>The signals that it names, by index.</summary>
    public IReadOnlyList<int> Signals => Program.Signals;

    /// <summary>The signals of devices that these are made of, or are: they must be fresh. A derived signal is as fresh as what it is made of.</summary>
    public required IReadOnlyList<int> Leaves { get; init; }

    /// <summary>As the integrator wrote it.</summary>
    public required string Written { get; init; }

    /// <summary>What a person reads when it does not hold.</summary>
    public string MessageFr { get; init; } = "";

    public string MessageEn { get; init; } = "";
}
