// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SimpleAttributeOperand of the OPC UA services, binary encoding i=603.</summary>
public sealed class SimpleAttributeOperand : IUaStructure<SimpleAttributeOperand>
{
    public const uint Id = 603;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId TypeDefinitionId { get; set; }

    public QualifiedName[]? BrowsePath { get; set; }

    public uint AttributeId { get; set; }

    public string? IndexRange { get; set; }

    public static SimpleAttributeOperand Decode(ref UaReader reader)
    {
        var value = new SimpleAttributeOperand();
        value.TypeDefinitionId = reader.ReadNodeId();
        value.BrowsePath = reader.ReadQualifiedNameArray();
        value.AttributeId = reader.ReadUInt32();
        value.IndexRange = reader.ReadString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(TypeDefinitionId);
        writer.WriteQualifiedNameArray(BrowsePath);
        writer.WriteUInt32(AttributeId);
        writer.WriteString(IndexRange);
    }
}
