using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>A signal of the <see cref="BenchOptions"/> device.</summary>
public sealed class BenchSignalOptions : SignalOptions
{
    [Required]
    public int? Channel { get; init; }

    public ValueKind Kind { get; init; }

    public override ValueKind RawKind => Kind;
}
