// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure DeleteMonitoredItemsResponse of the OPC UA services, binary encoding i=784.</summary>
public sealed class DeleteMonitoredItemsResponse : IUaResponse<DeleteMonitoredItemsResponse>
{
    public const uint Id = 784;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public uint[]? Results { get; set; }

    public DiagnosticInfo?[]? DiagnosticInfos { get; set; }

    public static DeleteMonitoredItemsResponse Decode(ref UaReader reader)
    {
        var value = new DeleteMonitoredItemsResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.Results = reader.ReadStatusCodeArray();
        value.DiagnosticInfos = reader.ReadDiagnosticInfoArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteStatusCodeArray(Results);
        writer.WriteDiagnosticInfoArray(DiagnosticInfos);
    }
}
