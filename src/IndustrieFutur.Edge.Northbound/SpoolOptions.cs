using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.Northbound;

/// <summary>How much is kept while broker or store are away. In memory for now, written to a file at a clean stop.</summary>
public sealed class SpoolOptions
{
    [Range(1_000, 50_000_000)]
    [Description("Samples per device; when full the oldest are dropped, with a gap record. 1,000,000 take 32 MB and hold 16 minutes at 1,000 samples a second.")]
    public int SamplesPerDevice { get; init; } = 1_000_000;
}
