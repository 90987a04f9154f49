// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure TranslateBrowsePathsToNodeIdsRequest of the OPC UA services, binary encoding i=554.</summary>
public sealed class TranslateBrowsePathsToNodeIdsRequest : IUaRequest<TranslateBrowsePathsToNodeIdsResponse>, IUaStructure<TranslateBrowsePathsToNodeIdsRequest>
{
    public const uint Id = 554;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public BrowsePath[]? BrowsePaths { get; set; }

    public static TranslateBrowsePathsToNodeIdsRequest Decode(ref UaReader reader)
    {
        var value = new TranslateBrowsePathsToNodeIdsRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.BrowsePaths = reader.ReadStructureArray<BrowsePath>(6);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteStructureArray(BrowsePaths);
    }
}
