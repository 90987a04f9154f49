namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>What is wrong with an expression.</summary>
/// <param name="Column">Where in the text, from 1; 0 when the mistake is another signal's and told there.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record ExpressionMistake(int Column, string Message)
{
    public override string ToString() => FormattableString.Invariant($"column {Column}: {Message}");
}
