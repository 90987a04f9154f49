using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The answer to a request as a whole that cannot be met (OPC UA Part 4, 7.35).</summary>
internal static class Refusal
{
    public static ServiceFault Of(uint status, uint requestHandle = 0) =>
        new() { ResponseHeader = new ResponseHeader { ServiceResult = status, RequestHandle = requestHandle } };
}
