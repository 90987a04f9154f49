// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure UnregisterNodesRequest of the OPC UA services, binary encoding i=566.</summary>
public sealed class UnregisterNodesRequest : IUaRequest<UnregisterNodesResponse>, IUaStructure<UnregisterNodesRequest>
{
    public const uint Id = 566;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public NodeId[]? NodesToUnregister { get; set; }

    public static UnregisterNodesRequest Decode(ref UaReader reader)
    {
        var value = new UnregisterNodesRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.NodesToUnregister = reader.ReadNodeIdArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteNodeIdArray(NodesToUnregister);
    }
}
