using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Reads the value of one node over the probe's session.</summary>
internal static class ProbeReading
{
    /// <summary>Throws when the whole request fails; a node that cannot be read is a value with a bad status.</summary>
    public static DataValue One(ProbeState state, NodeId node)
    {
        var request = new ReadRequest
        {
            TimestampsToReturn = TimestampsToReturn.Both,
            NodesToRead = [new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value }],
        };
        var results = state.OpenSession.Invoke(request, state.Request.Timeout).Results;
        return results is [{ } value, ..] ? value : new DataValue { Status = StatusCodes.BadUnknownResponse };
    }
}
