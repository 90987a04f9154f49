using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The answers of the blasting server to all that a client asks before the values come: one session, one subscription.</summary>
internal sealed class OpcUaBlastServices(OpcUaBlastIdentity identity, OpcUaBlastFeed feed)
{
    private uint _monitoredItemId;

    public GetEndpointsResponse Answer(GetEndpointsRequest request) => new() { Endpoints = identity.Endpoints(request.EndpointUrl) };

    public CreateSessionResponse Answer(CreateSessionRequest request) => new()
    {
        SessionId = new NodeId(1, 1),
        AuthenticationToken = new NodeId(1, 2),
        RevisedSessionTimeout = request.RequestedSessionTimeout,
        ServerNonce = OpcUaBlastIdentity.NewNonce(),
        ServerCertificate = identity.CertificateDer,
        ServerEndpoints = identity.Endpoints(request.EndpointUrl),
        ServerSignature = identity.Sign(request),
    };

    /// <summary>Whoever comes is welcome: it serves this machine's own benchmark, on a loopback.</summary>
    public static ActivateSessionResponse Activate() => new() { ServerNonce = OpcUaBlastIdentity.NewNonce() };

    public static ReadResponse Answer(ReadRequest request) => new() { Results = Array.ConvertAll(request.NodesToRead ?? [], Value) };

    public static CreateSubscriptionResponse Answer(CreateSubscriptionRequest request) => new()
    {
        SubscriptionId = OpcUaBlastFeed.SubscriptionId,
        RevisedPublishingInterval = request.RequestedPublishingInterval,
        RevisedLifetimeCount = request.RequestedLifetimeCount,
        RevisedMaxKeepAliveCount = request.RequestedMaxKeepAliveCount,
    };

    public CreateMonitoredItemsResponse Answer(CreateMonitoredItemsRequest request) => new()
    {
        Results = Array.ConvertAll(request.ItemsToCreate ?? [], Create),
    };

    /// <summary>Its client always deletes all of them: what is left is no concern of a benchmark.</summary>
    public DeleteMonitoredItemsResponse Answer(DeleteMonitoredItemsRequest request)
    {
        feed.RemoveItems();
        return new() { Results = new uint[request.MonitoredItemIds?.Length ?? 0] };
    }

    public DeleteSubscriptionsResponse Answer(DeleteSubscriptionsRequest request)
    {
        feed.RemoveItems();
        return new() { Results = new uint[request.SubscriptionIds?.Length ?? 0] };
    }

    /// <summary>Standard nodes stand still: a client that watches only those is idle.</summary>
    private MonitoredItemCreateResult Create(MonitoredItemCreateRequest item)
    {
        if (item.ItemToMonitor.NodeId.NamespaceIndex != 0)
        {
            feed.AddItem(item.RequestedParameters.ClientHandle);
        }

        return new MonitoredItemCreateResult
        {
            MonitoredItemId = ++_monitoredItemId,
            RevisedSamplingInterval = item.RequestedParameters.SamplingInterval,
            RevisedQueueSize = 1,
        };
    }

    /// <summary>The few standard nodes that clients read; there are no others (OPC UA Part 5, 6.3).</summary>
    private static DataValue Value(ReadValueId node) => node.NodeId.NamespaceIndex != 0 ? Unknown() : node.NodeId.Numeric switch
    {
        2254 => new DataValue(Texts(OpcUaBlastIdentity.ApplicationUri)),
        2255 => new DataValue(Texts("http://opcfoundation.org/UA/", OpcUaBlastIdentity.ApplicationUri, OpcUaBlastIdentity.Namespace)),
        2258 => new DataValue(Variant.OfDateTime(UaTime.NowUtc(TimeProvider.System))),
        2259 => new DataValue(Variant.Of((int)ServerState.Running)),
        2267 => new DataValue(Variant.Of((byte)255)),
        11714 => new DataValue(Variant.Of(1_000u)),
        _ => Unknown(),
    };

    private static Variant Texts(params string[] texts) => Variant.OfArray(BuiltInType.String, texts);

    private static DataValue Unknown() => new() { Fields = DataValueFields.Status, Status = 0x8034_0000 };
}
