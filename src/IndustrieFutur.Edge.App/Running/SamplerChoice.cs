using IndustrieFutur.Edge.App.Configuration;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>Where the loop of a cell runs, and why there.</summary>
/// <param name="IsIsolated">In a process of its own.</param>
/// <param name="Why">In a few words.</param>
internal sealed record SamplerChoice(bool IsIsolated, string Why)
{
    public static SamplerChoice Of(SamplingOptions options) => options.Sampler switch
    {
        SamplerMode.Isolated => new(true, "\"sampler\": \"isolated\""),
        SamplerMode.External => new(true, "\"sampler\": \"external\""),
        _ => new(false, "\"sampler\": \"inProcess\""),
    };
}
