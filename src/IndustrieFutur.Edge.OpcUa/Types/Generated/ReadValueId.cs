// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ReadValueId of the OPC UA services, binary encoding i=628.</summary>
public sealed class ReadValueId : IUaStructure<ReadValueId>
{
    public const uint Id = 628;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId NodeId { get; set; }

    public uint AttributeId { get; set; }

    public string? IndexRange { get; set; }

    public QualifiedName DataEncoding { get; set; }

    public static ReadValueId Decode(ref UaReader reader)
    {
        var value = new ReadValueId();
        value.NodeId = reader.ReadNodeId();
        value.AttributeId = reader.ReadUInt32();
        value.IndexRange = reader.ReadString();
        value.DataEncoding = reader.ReadQualifiedName();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(NodeId);
        writer.WriteUInt32(AttributeId);
        writer.WriteString(IndexRange);
        writer.WriteQualifiedName(DataEncoding);
    }
}
