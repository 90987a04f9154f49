// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure Argument of the OPC UA services, binary encoding i=298.</summary>
public sealed class Argument : IUaStructure<Argument>
{
    public const uint Id = 298;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? Name { get; set; }

    public NodeId DataType { get; set; }

    public int ValueRank { get; set; }

    public uint[]? ArrayDimensions { get; set; }

    public LocalizedText Description { get; set; }

    public static Argument Decode(ref UaReader reader)
    {
        var value = new Argument();
        value.Name = reader.ReadString();
        value.DataType = reader.ReadNodeId();
        value.ValueRank = reader.ReadInt32();
        value.ArrayDimensions = reader.ReadUInt32Array();
        value.Description = reader.ReadLocalizedText();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(Name);
        writer.WriteNodeId(DataType);
        writer.WriteInt32(ValueRank);
        writer.WriteUInt32Array(ArrayDimensions);
        writer.WriteLocalizedText(Description);
    }
}
