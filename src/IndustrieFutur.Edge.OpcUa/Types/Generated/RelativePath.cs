// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure RelativePath of the OPC UA services, binary encoding i=542.</summary>
public sealed class RelativePath : IUaStructure<RelativePath>
{
    public const uint Id = 542;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RelativePathElement[]? Elements { get; set; }

    public static RelativePath Decode(ref UaReader reader)
    {
        var value = new RelativePath();
        value.Elements = reader.ReadStructureArray<RelativePathElement>(10);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStructureArray(Elements);
    }
}
