namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>What a measured client of ours subscribes to, and how.</summary>
internal sealed record OpcUaWatchSettings
{
    public required string Url { get; init; }

    /// <summary>None, or the name of a policy, which is then used with SignAndEncrypt.</summary>
    public required string Policy { get; init; }

    public required int PublishingMillis { get; init; }

    public required int SamplingMillis { get; init; }

    /// <summary>ns=1;i=1000 and the following.</summary>
    public required int Items { get; init; }
}
