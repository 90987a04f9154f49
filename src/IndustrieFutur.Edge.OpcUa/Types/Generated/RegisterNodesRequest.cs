// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RegisterNodesRequest of the OPC UA services, binary encoding i=560.</summary>
public sealed class RegisterNodesRequest : IUaRequest<RegisterNodesResponse>, IUaStructure<RegisterNodesRequest>
{
    public const uint Id = 560;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public NodeId[]? NodesToRegister { get; set; }

    public static RegisterNodesRequest Decode(ref UaReader reader)
    {
        var value = new RegisterNodesRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.NodesToRegister = reader.ReadNodeIdArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteNodeIdArray(NodesToRegister);
    }
}
