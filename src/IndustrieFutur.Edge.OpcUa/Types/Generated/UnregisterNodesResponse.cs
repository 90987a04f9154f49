// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure UnregisterNodesResponse of the OPC UA services, binary encoding i=569.</summary>
public sealed class UnregisterNodesResponse : IUaResponse<UnregisterNodesResponse>
{
    public const uint Id = 569;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public static UnregisterNodesResponse Decode(ref UaReader reader)
    {
        var value = new UnregisterNodesResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
    }
}
