using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>What a swinging door is told by the plan.</summary>
/// <param name="kind">How the signal's bits are to be read.</param>
/// <param name="deviation">How far the line between two sent points may lie from a sample.</param>
/// <param name="longestNanos">The longest time without a point.</param>
internal readonly struct DoorRule(ValueKind kind, double deviation, long longestNanos)
{
    public readonly ValueKind Kind = kind;
    public readonly double Deviation = deviation;
    public readonly long LongestNanos = longestNanos;
}
