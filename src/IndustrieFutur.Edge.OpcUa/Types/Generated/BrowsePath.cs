// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure BrowsePath of the OPC UA services, binary encoding i=545.</summary>
public sealed class BrowsePath : IUaStructure<BrowsePath>
{
    public const uint Id = 545;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId StartingNode { get; set; }

    public RelativePath RelativePath { get; set; } = new();

    public static BrowsePath Decode(ref UaReader reader)
    {
        var value = new BrowsePath();
        value.StartingNode = reader.ReadNodeId();
        value.RelativePath = RelativePath.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(StartingNode);
        RelativePath.Encode(ref writer);
    }
}
