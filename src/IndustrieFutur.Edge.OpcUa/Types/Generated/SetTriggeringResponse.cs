// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SetTriggeringResponse of the OPC UA services, binary encoding i=778.</summary>
public sealed class SetTriggeringResponse : IUaResponse<SetTriggeringResponse>
{
    public const uint Id = 778;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public uint[]? AddResults { get; set; }

    public DiagnosticInfo?[]? AddDiagnosticInfos { get; set; }

    public uint[]? RemoveResults { get; set; }

    public DiagnosticInfo?[]? RemoveDiagnosticInfos { get; set; }

    public static SetTriggeringResponse Decode(ref UaReader reader)
    {
        var value = new SetTriggeringResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.AddResults = reader.ReadStatusCodeArray();
        value.AddDiagnosticInfos = reader.ReadDiagnosticInfoArray();
        value.RemoveResults = reader.ReadStatusCodeArray();
        value.RemoveDiagnosticInfos = reader.ReadDiagnosticInfoArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteStatusCodeArray(AddResults);
        writer.WriteDiagnosticInfoArray(AddDiagnosticInfos);
        writer.WriteStatusCodeArray(RemoveResults);
        writer.WriteDiagnosticInfoArray(RemoveDiagnosticInfos);
    }
}
