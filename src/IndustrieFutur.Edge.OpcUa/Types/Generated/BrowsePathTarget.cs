// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure BrowsePathTarget of the OPC UA services, binary encoding i=548.</summary>
public sealed class BrowsePathTarget : IUaStructure<BrowsePathTarget>
{
    public const uint Id = 548;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ExpandedNodeId TargetId { get; set; }

    public uint RemainingPathIndex { get; set; }

    public static BrowsePathTarget Decode(ref UaReader reader)
    {
        var value = new BrowsePathTarget();
        value.TargetId = reader.ReadExpandedNodeId();
        value.RemainingPathIndex = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteExpandedNodeId(TargetId);
        writer.WriteUInt32(RemainingPathIndex);
    }
}
