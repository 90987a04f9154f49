// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure AttributeOperand of the OPC UA services, binary encoding i=600.</summary>
public sealed class AttributeOperand : IUaStructure<AttributeOperand>
{
    public const uint Id = 600;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId NodeId { get; set; }

    public string? Alias { get; set; }

    public RelativePath BrowsePath { get; set; } = new();

    public uint AttributeId { get; set; }

    public string? IndexRange { get; set; }

    public static AttributeOperand Decode(ref UaReader reader)
    {
        var value = new AttributeOperand();
        value.NodeId = reader.ReadNodeId();
        value.Alias = reader.ReadString();
        value.BrowsePath = RelativePath.Decode(ref reader);
        value.AttributeId = reader.ReadUInt32();
        value.IndexRange = reader.ReadString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(NodeId);
        writer.WriteString(Alias);
        BrowsePath.Encode(ref writer);
        writer.WriteUInt32(AttributeId);
        writer.WriteString(IndexRange);
    }
}
