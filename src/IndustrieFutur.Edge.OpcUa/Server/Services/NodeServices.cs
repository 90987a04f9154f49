using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>The services of an activated session that are answered at once, but for those of subscriptions.</summary>
internal static class NodeServices
{
    /// <summary>Throws UaException for a refusal of the whole.</summary>
    public static IUaResponse Answer(IUaRequest request, SessionContext session) => request switch
    {
        ReadRequest read => ReadService.Answer(read, session),
        WriteRequest write => WriteService.Answer(write, session),
        BrowseRequest browse => BrowseService.Answer(browse, session),
        BrowseNextRequest next => BrowseService.Answer(next, session),
        TranslateBrowsePathsToNodeIdsRequest translate => TranslateService.Answer(translate, session),
        CallRequest call => CallService.Answer(call, session),
        RegisterNodesRequest register => RegisterService.Answer(register, session),
        UnregisterNodesRequest unregister => RegisterService.Answer(unregister, session),
        HistoryReadRequest history => HistoryService.Answer(history, session),

        // Nothing waits here but Publish, whose Cancel the subscriptions take.
        CancelRequest => new CancelResponse(),
        _ => throw new UaException(StatusCodes.BadServiceUnsupported, $"A client asks for {request.GetType().Name}, which this server does not offer; the request is refused."),
    };
}
