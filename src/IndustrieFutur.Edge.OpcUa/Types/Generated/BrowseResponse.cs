// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure BrowseResponse of the OPC UA services, binary encoding i=530.</summary>
public sealed class BrowseResponse : IUaResponse<BrowseResponse>
{
    public const uint Id = 530;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public BrowseResult[]? Results { get; set; }

    public DiagnosticInfo?[]? DiagnosticInfos { get; set; }

    public static BrowseResponse Decode(ref UaReader reader)
    {
        var value = new BrowseResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.Results = reader.ReadStructureArray<BrowseResult>(12);
        value.DiagnosticInfos = reader.ReadDiagnosticInfoArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteStructureArray(Results);
        writer.WriteDiagnosticInfoArray(DiagnosticInfos);
    }
}
