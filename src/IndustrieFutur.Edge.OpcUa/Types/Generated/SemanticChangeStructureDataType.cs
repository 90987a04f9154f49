// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SemanticChangeStructureDataType of the OPC UA services, binary encoding i=899.</summary>
public sealed class SemanticChangeStructureDataType : IUaStructure<SemanticChangeStructureDataType>
{
    public const uint Id = 899;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId Affected { get; set; }

    public NodeId AffectedType { get; set; }

    public static SemanticChangeStructureDataType Decode(ref UaReader reader)
    {
        var value = new SemanticChangeStructureDataType();
        value.Affected = reader.ReadNodeId();
        value.AffectedType = reader.ReadNodeId();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(Affected);
        writer.WriteNodeId(AffectedType);
    }
}
