using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Connections;

/// <summary>Makes requests of the bytes that clients send, by the id of their encoding.</summary>
internal static class RequestDecoder
{
    private static readonly Dictionary<uint, Reading> Known = [];

    static RequestDecoder()
    {
        Add<FindServersRequest>();
        Add<GetEndpointsRequest>();
        Add<CreateSessionRequest>();
        Add<ActivateSessionRequest>();
        Add<CloseSessionRequest>();
        Add<CancelRequest>();
        Add<BrowseRequest>();
        Add<BrowseNextRequest>();
        Add<TranslateBrowsePathsToNodeIdsRequest>();
        Add<RegisterNodesRequest>();
        Add<UnregisterNodesRequest>();
        Add<ReadRequest>();
        Add<HistoryReadRequest>();
        Add<WriteRequest>();
        Add<CallRequest>();
        Add<CreateMonitoredItemsRequest>();
        Add<ModifyMonitoredItemsRequest>();
        Add<SetMonitoringModeRequest>();
        Add<SetTriggeringRequest>();
        Add<DeleteMonitoredItemsRequest>();
        Add<CreateSubscriptionRequest>();
        Add<ModifySubscriptionRequest>();
        Add<SetPublishingModeRequest>();
        Add<PublishRequest>();
        Add<RepublishRequest>();
        Add<TransferSubscriptionsRequest>();
        Add<DeleteSubscriptionsRequest>();
    }

    private delegate IUaRequest Reading(ref UaReader reader);

    /// <summary>Throws a <see cref="UaException"/> when the bytes are no request that we know.</summary>
    public static IUaRequest Decode(uint typeId, ReadOnlySpan<byte> body, DecodeLimits limits)
    {
        if (!Known.TryGetValue(typeId, out var read))
        {
            throw new UaException(StatusCodes.BadServiceUnsupported, $"A client sends a request of the type i={typeId}, which this server does not offer; it is refused.");
        }

        var reader = new UaReader(body, limits);
        return read(ref reader);
    }

    /// <summary>The handle to answer a refused request with; 0 when not even its header can be read.</summary>
    public static uint HandleOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new UaReader(body);
            return RequestHeader.Decode(ref reader).RequestHandle;
        }
        catch (UaDecodingException)
        {
            return 0;
        }
    }

    private static void Add<T>()
        where T : IUaRequest, IUaStructure<T> =>
        Known[T.BinaryEncodingId] = static (ref UaReader reader) => T.Decode(ref reader);
}
