using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>A target of the <see cref="BenchOptions"/> device: a register, a verb, or one that sets in motion.</summary>
public sealed class BenchTargetOptions : WriteTargetOptions
{
    public int Register { get; init; }

    /// <summary>It takes no value.</summary>
    public bool Verb { get; init; }

    public bool Motion { get; init; }

    public IReadOnlyList<string> Programs { get; init; } = [];

    public override int ValueCount => Verb ? 0 : 1;

    public override IReadOnlyList<string> Choices => Programs;

    public override bool SetsInMotion => Motion;

    public override string Words => $"bench {Register}";

    public override bool Stops(IReadOnlyList<double> values) => (Verb && !Motion) || base.Stops(values);

    public override string? MistakeIn(double value) => value > 1_000 ? "is more than the register holds; write at most 1000" : base.MistakeIn(value);
}
