using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>RegisterNodes and UnregisterNodes (OPC UA Part 4, 5.9.5): ids are found as fast as they can be, so each stays as it is.</summary>
internal static class RegisterService
{
    public static RegisterNodesResponse Answer(RegisterNodesRequest request, SessionContext session) => new()
    {
        RegisteredNodeIds = Operations.Each(request.NodesToRegister, session.Limits.NodesPerRegisterMax, node => node),
    };

    public static UnregisterNodesResponse Answer(UnregisterNodesRequest request, SessionContext session)
    {
        Operations.Check(request.NodesToUnregister, session.Limits.NodesPerRegisterMax);
        return new UnregisterNodesResponse();
    }
}
