// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure HistoryReadResponse of the OPC UA services, binary encoding i=667.</summary>
public sealed class HistoryReadResponse : IUaResponse<HistoryReadResponse>
{
    public const uint Id = 667;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public HistoryReadResult[]? Results { get; set; }

    public DiagnosticInfo?[]? DiagnosticInfos { get; set; }

    public static HistoryReadResponse Decode(ref UaReader reader)
    {
        var value = new HistoryReadResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.Results = reader.ReadStructureArray<HistoryReadResult>(11);
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
