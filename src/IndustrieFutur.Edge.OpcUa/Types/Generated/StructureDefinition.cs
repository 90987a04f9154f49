// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure StructureDefinition of the OPC UA services, binary encoding i=122.</summary>
public sealed class StructureDefinition : IUaStructure<StructureDefinition>
{
    public const uint Id = 122;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId DefaultEncodingId { get; set; }

    public NodeId BaseDataType { get; set; }

    public StructureType StructureType { get; set; }

    public StructureField[]? Fields { get; set; }

    public static StructureDefinition Decode(ref UaReader reader)
    {
        var value = new StructureDefinition();
        value.DefaultEncodingId = reader.ReadNodeId();
        value.BaseDataType = reader.ReadNodeId();
        value.StructureType = (StructureType)reader.ReadInt32();
        value.Fields = reader.ReadStructureArray<StructureField>(20);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(DefaultEncodingId);
        writer.WriteNodeId(BaseDataType);
        writer.WriteInt32((int)StructureType);
        writer.WriteStructureArray(Fields);
    }
}
