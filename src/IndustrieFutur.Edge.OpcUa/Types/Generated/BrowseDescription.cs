// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure BrowseDescription of the OPC UA services, binary encoding i=516.</summary>
public sealed class BrowseDescription : IUaStructure<BrowseDescription>
{
    public const uint Id = 516;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId NodeId { get; set; }

    public BrowseDirection BrowseDirection { get; set; }

    public NodeId ReferenceTypeId { get; set; }

    public bool IncludeSubtypes { get; set; }

    public uint NodeClassMask { get; set; }

    public uint ResultMask { get; set; }

    public static BrowseDescription Decode(ref UaReader reader)
    {
        var value = new BrowseDescription();
        value.NodeId = reader.ReadNodeId();
        value.BrowseDirection = (BrowseDirection)reader.ReadInt32();
        value.ReferenceTypeId = reader.ReadNodeId();
        value.IncludeSubtypes = reader.ReadBoolean();
        value.NodeClassMask = reader.ReadUInt32();
        value.ResultMask = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(NodeId);
        writer.WriteInt32((int)BrowseDirection);
        writer.WriteNodeId(ReferenceTypeId);
        writer.WriteBoolean(IncludeSubtypes);
        writer.WriteUInt32(NodeClassMask);
        writer.WriteUInt32(ResultMask);
    }
}
