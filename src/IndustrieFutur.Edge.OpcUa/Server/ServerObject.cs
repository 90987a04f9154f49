using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>Keeps the Server object of the address space alive: status, capabilities, diagnostics (OPC UA Part 5, 6.3 and 8.3). Nodes that the space lacks are left out.</summary>
internal sealed class ServerObject(ServerParts parts)
{
    private readonly long _startUtc = UaTime.NowUtc(parts.Settings.Clock);
    private int _state = (int)ServerState.Running;

    public byte ServiceLevel { get; set; } = byte.MaxValue;

    public ServerState State
    {
        get => (ServerState)Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, (int)value);
    }

    public void Attach()
    {
        AttachStatus();
        AttachCapabilities();
        AttachDiagnostics();
    }

    private void AttachStatus()
    {
        Live(2254, () => Texts(parts.Settings.ApplicationUri));
        Live(2255, () => Texts([.. parts.Space.Namespaces.Uris]));
        Live(2256, () => Variant.Of(ExtensionObject.Of(Status())));
        Live(2257, () => Variant.OfDateTime(_startUtc));
        Live(2258, () => Variant.OfDateTime(UaTime.NowUtc(parts.Settings.Clock)));
        Live(2259, () => Variant.Of((int)State));
        Live(2260, () => Variant.Of(ExtensionObject.Of(Build())));
        Fixed(2261, Variant.Of(Build().ProductName));
        Fixed(2262, Variant.Of(Build().ProductUri));
        Fixed(2263, Variant.Of(Build().ManufacturerName));
        Fixed(2264, Variant.Of(Build().SoftwareVersion));
        Fixed(2265, Variant.Of(Build().BuildNumber));
        Fixed(2266, Variant.OfDateTime(Build().BuildDate));
        Live(2992, () => Variant.Of(Status().SecondsTillShutdown));
        Live(2993, () => Variant.Of(Status().ShutdownReason));
        Live(2267, () => Variant.Of(ServiceLevel));
        Fixed(2994, Variant.Of(false));
        Fixed(3709, Variant.Of(0));
    }

    /// <summary>The numbers that the services hold to (OPC UA Part 5, 6.3.2 and 6.3.11).</summary>
    private void AttachCapabilities()
    {
        var limits = parts.Settings.Limits;
        Fixed(2269, Texts("http://opcfoundation.org/UA-Profile/Server/StandardUA2017"));
        Fixed(2271, Texts("en"));
        Fixed(2272, Variant.Of(0.0));
        Fixed(2735, Variant.Of((ushort)limits.ContinuationPointsMax));
        Fixed(2736, Variant.Of((ushort)0));
        Fixed(2737, Variant.Of((ushort)0));
        Fixed(NodeIds.MaxArrayLength, Variant.Of((uint)limits.ArrayLengthMax));
        Fixed(NodeIds.MaxStringLength, Variant.Of((uint)limits.StringBytesMax));
        Fixed(NodeIds.MaxByteStringLength, Variant.Of((uint)limits.StringBytesMax));
        Fixed(NodeIds.MaxSessions, Variant.Of((uint)limits.SessionsMax));
        Fixed(NodeIds.MaxSubscriptions, Variant.Of((uint)(limits.SessionsMax * limits.SubscriptionsPerSessionMax)));
        Fixed(NodeIds.MaxSubscriptionsPerSession, Variant.Of((uint)limits.SubscriptionsPerSessionMax));
        Fixed(NodeIds.MaxMonitoredItems, Variant.Of((uint)limits.MonitoredItemsMax));
        Fixed(NodeIds.MaxMonitoredItemsPerSubscription, Variant.Of((uint)limits.MonitoredItemsMax));
        Fixed(NodeIds.MaxMonitoredItemsQueueSize, Variant.Of((uint)limits.QueueSizeMax));
        Fixed(NodeIds.MaxNodesPerRead, Variant.Of((uint)limits.NodesPerReadMax));
        Fixed(NodeIds.MaxNodesPerWrite, Variant.Of((uint)limits.NodesPerWriteMax));
        Fixed(NodeIds.MaxNodesPerBrowse, Variant.Of((uint)limits.NodesPerBrowseMax));
        Fixed(NodeIds.MaxNodesPerMethodCall, Variant.Of((uint)limits.NodesPerMethodCallMax));
        Fixed(NodeIds.MaxNodesPerRegisterNodes, Variant.Of((uint)limits.NodesPerRegisterMax));
        Fixed(NodeIds.MaxNodesPerTranslateBrowsePathsToNodeIds, Variant.Of((uint)limits.NodesPerTranslateMax));
        Fixed(NodeIds.MaxNodesPerHistoryReadData, Variant.Of((uint)limits.NodesPerHistoryReadMax));
        Fixed(NodeIds.MaxMonitoredItemsPerCall, Variant.Of((uint)limits.MonitoredItemsPerCallMax));
    }

    private void AttachDiagnostics()
    {
        Live(2275, () => Variant.Of(ExtensionObject.Of(Summary())));
        Live(2276, () => Variant.Of(Summary().ServerViewCount));
        Live(2277, () => Variant.Of(Summary().CurrentSessionCount));
        Live(2278, () => Variant.Of(Summary().CumulatedSessionCount));
        Live(2279, () => Variant.Of(Summary().SecurityRejectedSessionCount));
        Live(2281, () => Variant.Of(Summary().SessionTimeoutCount));
        Live(2282, () => Variant.Of(Summary().SessionAbortCount));
        Live(2284, () => Variant.Of(Summary().PublishingIntervalCount));
        Live(2285, () => Variant.Of(Summary().CurrentSubscriptionCount));
        Live(2286, () => Variant.Of(Summary().CumulatedSubscriptionCount));
        Live(2287, () => Variant.Of(Summary().SecurityRejectedRequestsCount));
        Live(2288, () => Variant.Of(Summary().RejectedRequestsCount));
        Live(3705, () => Variant.Of(Summary().RejectedSessionCount));

        // Nothing is told of single sessions and subscriptions.
        Fixed(2294, Variant.Of(false));
        Fixed(2289, Variant.OfArray(BuiltInType.ExtensionObject, Array.Empty<ExtensionObject>()));
        Fixed(2290, Variant.OfArray(BuiltInType.ExtensionObject, Array.Empty<ExtensionObject>()));
        Fixed(3707, Variant.OfArray(BuiltInType.ExtensionObject, Array.Empty<ExtensionObject>()));
        Fixed(3708, Variant.OfArray(BuiltInType.ExtensionObject, Array.Empty<ExtensionObject>()));
    }

    private ServerStatusDataType Status() => new()
    {
        StartTime = _startUtc,
        CurrentTime = UaTime.NowUtc(parts.Settings.Clock),
        State = State,
        BuildInfo = Build(),
        SecondsTillShutdown = State == ServerState.Shutdown ? 1u : 0u,
        ShutdownReason = new LocalizedText("en", State == ServerState.Shutdown ? "The server is stopped." : ""),
    };

    private BuildInfo Build() => new()
    {
        ProductUri = parts.Settings.ProductUri,
        ManufacturerName = parts.Settings.Manufacturer,
        ProductName = parts.Settings.ApplicationName,
        SoftwareVersion = parts.Settings.SoftwareVersion,
        BuildNumber = parts.Settings.SoftwareVersion,
        BuildDate = _startUtc,
    };

    private ServerDiagnosticsSummaryDataType Summary() => new()
    {
        CurrentSessionCount = (uint)parts.Sessions.Count,
        CumulatedSessionCount = (uint)parts.Counters.Sessions,
        SecurityRejectedSessionCount = (uint)parts.Counters.SecurityRefusals,
        RejectedSessionCount = (uint)parts.Counters.RefusedSessions,
        SessionTimeoutCount = (uint)parts.Counters.TimedOutSessions,
        SessionAbortCount = (uint)parts.Counters.DroppedSessions,
        CurrentSubscriptionCount = (uint)parts.Subscriptions.Count,
        CumulatedSubscriptionCount = (uint)parts.Subscriptions.CountSinceStart,
        SecurityRejectedRequestsCount = (uint)parts.Counters.SecurityRefusals,
        RejectedRequestsCount = (uint)parts.Counters.RefusedRequests,
    };

    private void Live(uint id, Func<Variant> value)
    {
        if (parts.Space.Find(new NodeId(0, id)) is UaVariable variable)
        {
            variable.ReadHandler = () => new DataValue(value())
            {
                SourceTimestamp = UaTime.NowUtc(parts.Settings.Clock),
                Fields = DataValueFields.Value | DataValueFields.SourceTimestamp,
            };
        }
    }

    private void Fixed(uint id, Variant value) => (parts.Space.Find(new NodeId(0, id)) as UaVariable)?.Set(value, _startUtc);

    private static Variant Texts(params string[] texts) => Variant.OfArray(BuiltInType.String, texts);
}
