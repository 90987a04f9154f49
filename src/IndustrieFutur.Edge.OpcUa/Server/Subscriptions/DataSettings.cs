using IndustrieFutur.Edge.OpcUa.Server.Services;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The revised parameters of a monitored attribute (OPC UA Part 4, 7.21).</summary>
/// <param name="SamplingMillis">0 = the variable tells of each Set.</param>
/// <param name="QueueSize">At least 1.</param>
/// <param name="DiscardOldest">Which entry a full queue gives up.</param>
/// <param name="Filter">Which change counts.</param>
/// <param name="Range">Which part of an array is watched; null = all of it.</param>
internal sealed record DataSettings(double SamplingMillis, int QueueSize, bool DiscardOldest, DataFilter Filter, IndexRange? Range)
{
    public bool IsWatched => SamplingMillis == 0;
}
