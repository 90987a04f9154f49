using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IndustrieFutur.Edge.App.Configuration;

/// <summary>The pace of the sampling loop.</summary>
public sealed class SamplingOptions
{
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    [Description("How often the loop empties the drivers' rings. 10ms is below what any serial line delivers.")]
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(10);

    [Range(1_024, 1_048_576)]
    [Description("Samples each ring holds; rounded up to a power of two. 16,384 outlast a second's pause at 16,000 samples a second.")]
    public int RingSamples { get; init; } = 16_384;
}
