using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>HistoryRead (OPC UA Part 4, 5.11.3): no node here keeps a history, and each says so.</summary>
internal static class HistoryService
{
    public static HistoryReadResponse Answer(HistoryReadRequest request, SessionContext session) => new()
    {
        Results = Operations.Each(request.NodesToRead, session.Limits.NodesPerHistoryReadMax, node => new HistoryReadResult
        {
            StatusCode = session.Space.Find(node.NodeId) is null ? StatusCodes.BadNodeIdUnknown : StatusCodes.BadHistoryOperationUnsupported,
        }),
    };
}
