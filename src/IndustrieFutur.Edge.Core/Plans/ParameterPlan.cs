namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>A value that a command is given, and its limits.</summary>
public sealed record ParameterPlan
{
    public required string Id { get; init; }

    public string NameFr { get; init; } = "";

    public string NameEn { get; init; } = "";

    public string Unit { get; init; } = "";

    public double Low { get; init; } = double.NegativeInfinity;

    public double High { get; init; } = double.PositiveInfinity;

    /// <summary>Only so many of these from <see cref="Low"/> on; 0: any value.</summary>
    public double Step { get; init; }

    /// <summary>The words that may be said instead of a number; their place in the list is the value. Empty: a number.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>At most so far from the live value of <see cref="RateSignal"/>; infinite: any distance.</summary>
    public double RateChange { get; init; } = double.PositiveInfinity;

    /// <summary>The signal that shows what is in force; -1: none.</summary>
    public int RateSignal { get; init; } = -1;

    /// <summary>At least so long after this command's last order; 0: at any time.</summary>
    public long RateNanos { get; init; }
}
