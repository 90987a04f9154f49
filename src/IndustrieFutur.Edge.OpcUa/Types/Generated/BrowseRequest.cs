// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure BrowseRequest of the OPC UA services, binary encoding i=527.</summary>
public sealed class BrowseRequest : IUaRequest<BrowseResponse>, IUaStructure<BrowseRequest>
{
    public const uint Id = 527;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public ViewDescription View { get; set; } = new();

    public uint RequestedMaxReferencesPerNode { get; set; }

    public BrowseDescription[]? NodesToBrowse { get; set; }

    public static BrowseRequest Decode(ref UaReader reader)
    {
        var value = new BrowseRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.View = ViewDescription.Decode(ref reader);
        value.RequestedMaxReferencesPerNode = reader.ReadUInt32();
        value.NodesToBrowse = reader.ReadStructureArray<BrowseDescription>(17);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        View.Encode(ref writer);
        writer.WriteUInt32(RequestedMaxReferencesPerNode);
        writer.WriteStructureArray(NodesToBrowse);
    }
}
