// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ModelChangeStructureDataType of the OPC UA services, binary encoding i=879.</summary>
public sealed class ModelChangeStructureDataType : IUaStructure<ModelChangeStructureDataType>
{
    public const uint Id = 879;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId Affected { get; set; }

    public NodeId AffectedType { get; set; }

    public byte Verb { get; set; }

    public static ModelChangeStructureDataType Decode(ref UaReader reader)
    {
        var value = new ModelChangeStructureDataType();
        value.Affected = reader.ReadNodeId();
        value.AffectedType = reader.ReadNodeId();
        value.Verb = reader.ReadByte();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(Affected);
        writer.WriteNodeId(AffectedType);
        writer.WriteByte(Verb);
    }
}
