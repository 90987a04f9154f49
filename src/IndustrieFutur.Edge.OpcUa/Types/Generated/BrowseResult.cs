// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure BrowseResult of the OPC UA services, binary encoding i=524.</summary>
public sealed class BrowseResult : IUaStructure<BrowseResult>
{
    public const uint Id = 524;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint StatusCode { get; set; }

    public byte[]? ContinuationPoint { get; set; }

    public ReferenceDescription[]? References { get; set; }

    public static BrowseResult Decode(ref UaReader reader)
    {
        var value = new BrowseResult();
        value.StatusCode = reader.ReadStatusCode();
        value.ContinuationPoint = reader.ReadByteString();
        value.References = reader.ReadStructureArray<ReferenceDescription>(18);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCode(StatusCode);
        writer.WriteByteString(ContinuationPoint);
        writer.WriteStructureArray(References);
    }
}
