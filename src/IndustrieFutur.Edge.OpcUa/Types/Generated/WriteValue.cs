// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure WriteValue of the OPC UA services, binary encoding i=670.</summary>
public sealed class WriteValue : IUaStructure<WriteValue>
{
    public const uint Id = 670;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId NodeId { get; set; }

    public uint AttributeId { get; set; }

    public string? IndexRange { get; set; }

    public DataValue Value { get; set; } = new();

    public static WriteValue Decode(ref UaReader reader)
    {
        var value = new WriteValue();
        value.NodeId = reader.ReadNodeId();
        value.AttributeId = reader.ReadUInt32();
        value.IndexRange = reader.ReadString();
        value.Value = reader.ReadDataValue();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(NodeId);
        writer.WriteUInt32(AttributeId);
        writer.WriteString(IndexRange);
        writer.WriteDataValue(Value);
    }
}
