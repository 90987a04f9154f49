using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>What a name in an expression stands for.</summary>
/// <param name="Index">The signal's index in the plan; -1 when there is none.</param>
/// <param name="Kind">How its bits are read.</param>
/// <param name="Mistake">Why there is none, and what to write instead; empty when that is told elsewhere.</param>
public readonly record struct ExpressionSignal(int Index, ValueKind Kind, string Mistake)
{
    /// <summary>A derived signal whose own mistake is told where it stands.</summary>
    public static ExpressionSignal Broken { get; } = new(-1, ValueKind.Float64, "");

    public static ExpressionSignal Of(int index, ValueKind kind) => new(index, kind, "");

    public static ExpressionSignal No(string mistake) => new(-1, ValueKind.Float64, mistake);
}
