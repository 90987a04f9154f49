// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure StructureField of the OPC UA services, binary encoding i=14844.</summary>
public sealed class StructureField : IUaStructure<StructureField>
{
    public const uint Id = 14844;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? Name { get; set; }

    public LocalizedText Description { get; set; }

    public NodeId DataType { get; set; }

    public int ValueRank { get; set; }

    public uint[]? ArrayDimensions { get; set; }

    public uint MaxStringLength { get; set; }

    public bool IsOptional { get; set; }

    public static StructureField Decode(ref UaReader reader)
    {
        var value = new StructureField();
        value.Name = reader.ReadString();
        value.Description = reader.ReadLocalizedText();
        value.DataType = reader.ReadNodeId();
        value.ValueRank = reader.ReadInt32();
        value.ArrayDimensions = reader.ReadUInt32Array();
        value.MaxStringLength = reader.ReadUInt32();
        value.IsOptional = reader.ReadBoolean();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(Name);
        writer.WriteLocalizedText(Description);
        writer.WriteNodeId(DataType);
        writer.WriteInt32(ValueRank);
        writer.WriteUInt32Array(ArrayDimensions);
        writer.WriteUInt32(MaxStringLength);
        writer.WriteBoolean(IsOptional);
    }
}
