// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RegisterNodesResponse of the OPC UA services, binary encoding i=563.</summary>
public sealed class RegisterNodesResponse : IUaResponse<RegisterNodesResponse>
{
    public const uint Id = 563;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public NodeId[]? RegisteredNodeIds { get; set; }

    public static RegisterNodesResponse Decode(ref UaReader reader)
    {
        var value = new RegisterNodesResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.RegisteredNodeIds = reader.ReadNodeIdArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteNodeIdArray(RegisteredNodeIds);
    }
}
