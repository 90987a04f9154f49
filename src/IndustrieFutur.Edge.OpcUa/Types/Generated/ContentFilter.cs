// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ContentFilter of the OPC UA services, binary encoding i=588.</summary>
public sealed class ContentFilter : IUaStructure<ContentFilter>
{
    public const uint Id = 588;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ContentFilterElement[]? Elements { get; set; }

    public static ContentFilter Decode(ref UaReader reader)
    {
        var value = new ContentFilter();
        value.Elements = reader.ReadStructureArray<ContentFilterElement>(8);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStructureArray(Elements);
    }
}
