// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ContentFilterResult of the OPC UA services, binary encoding i=609.</summary>
public sealed class ContentFilterResult : IUaStructure<ContentFilterResult>
{
    public const uint Id = 609;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ContentFilterElementResult[]? ElementResults { get; set; }

    public DiagnosticInfo?[]? ElementDiagnosticInfos { get; set; }

    public static ContentFilterResult Decode(ref UaReader reader)
    {
        var value = new ContentFilterResult();
        value.ElementResults = reader.ReadStructureArray<ContentFilterElementResult>(12);
        value.ElementDiagnosticInfos = reader.ReadDiagnosticInfoArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStructureArray(ElementResults);
        writer.WriteDiagnosticInfoArray(ElementDiagnosticInfos);
    }
}
