using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>How much a server takes at once, as it says itself (OPC UA Part 5, 6.3.11); 0 = it does not say.</summary>
public sealed record ServerLimits
{
    public static readonly ServerLimits Unknown = new();

    public uint NodesPerRead { get; init; }

    public uint NodesPerWrite { get; init; }

    public uint NodesPerMethodCall { get; init; }

    public uint NodesPerBrowse { get; init; }

    public uint NodesPerRegister { get; init; }

    public uint NodesPerTranslate { get; init; }

    public uint NodesPerHistoryRead { get; init; }

    public uint MonitoredItemsPerCall { get; init; }

    /// <summary>How many nodes can be browsed or read from history in pieces at the same time.</summary>
    public uint BrowseContinuationPoints { get; init; }

    /// <summary>Milliseconds; 0 = as fast as it likes, or it does not say.</summary>
    public double SampleRateMinMillis { get; init; }

    public uint SubscriptionsPerSession { get; init; }

    public uint MonitoredItemsPerSubscription { get; init; }

    public uint MonitoredItemsQueueSize { get; init; }

    /// <summary>The nodes that hold the numbers above, in their order.</summary>
    internal static IReadOnlyList<uint> Nodes { get; } =
    [
        NodeIds.MaxNodesPerRead, NodeIds.MaxNodesPerWrite, NodeIds.MaxNodesPerMethodCall, NodeIds.MaxNodesPerBrowse,
        NodeIds.MaxNodesPerRegisterNodes, NodeIds.MaxNodesPerTranslateBrowsePathsToNodeIds, NodeIds.MaxNodesPerHistoryReadData,
        NodeIds.MaxMonitoredItemsPerCall, NodeIds.MaxBrowseContinuationPoints, NodeIds.MinSupportedSampleRate,
        NodeIds.MaxSubscriptionsPerSession, NodeIds.MaxMonitoredItemsPerSubscription, NodeIds.MaxMonitoredItemsQueueSize,
    ];

    /// <summary>A node that is missing or of another type is a limit that is not known.</summary>
    internal static ServerLimits Of(IReadOnlyList<DataValue> values) => new()
    {
        NodesPerRead = Number(values[0]),
        NodesPerWrite = Number(values[1]),
        NodesPerMethodCall = Number(values[2]),
        NodesPerBrowse = Number(values[3]),
        NodesPerRegister = Number(values[4]),
        NodesPerTranslate = Number(values[5]),
        NodesPerHistoryRead = Number(values[6]),
        MonitoredItemsPerCall = Number(values[7]),
        BrowseContinuationPoints = Number(values[8]),
        SampleRateMinMillis = values[9].Value.Value is double millis && double.IsFinite(millis) && millis > 0 ? millis : 0,
        SubscriptionsPerSession = Number(values[10]),
        MonitoredItemsPerSubscription = Number(values[11]),
        MonitoredItemsQueueSize = Number(values[12]),
    };

    private static uint Number(DataValue value) =>
        !PublishHead.IsBad(value.Status) && value.Value.Value is uint or ushort or byte
            ? Convert.ToUInt32(value.Value.Value, CultureInfo.InvariantCulture)
            : 0;
}
