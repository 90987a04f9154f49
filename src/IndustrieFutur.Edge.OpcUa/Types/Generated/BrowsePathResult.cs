// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure BrowsePathResult of the OPC UA services, binary encoding i=551.</summary>
public sealed class BrowsePathResult : IUaStructure<BrowsePathResult>
{
    public const uint Id = 551;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint StatusCode { get; set; }

    public BrowsePathTarget[]? Targets { get; set; }

    public static BrowsePathResult Decode(ref UaReader reader)
    {
        var value = new BrowsePathResult();
        value.StatusCode = reader.ReadStatusCode();
        value.Targets = reader.ReadStructureArray<BrowsePathTarget>(6);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCode(StatusCode);
        writer.WriteStructureArray(Targets);
    }
}
