// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure TranslateBrowsePathsToNodeIdsResponse of the OPC UA services, binary encoding i=557.</summary>
public sealed class TranslateBrowsePathsToNodeIdsResponse : IUaResponse<TranslateBrowsePathsToNodeIdsResponse>
{
    public const uint Id = 557;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public BrowsePathResult[]? Results { get; set; }

    public DiagnosticInfo?[]? DiagnosticInfos { get; set; }

    public static TranslateBrowsePathsToNodeIdsResponse Decode(ref UaReader reader)
    {
        var value = new TranslateBrowsePathsToNodeIdsResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.Results = reader.ReadStructureArray<BrowsePathResult>(8);
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
