// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ModifyMonitoredItemsResponse of the OPC UA services, binary encoding i=766.</summary>
public sealed class ModifyMonitoredItemsResponse : IUaResponse<ModifyMonitoredItemsResponse>
{
    public const uint Id = 766;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public MonitoredItemModifyResult[]? Results { get; set; }

    public DiagnosticInfo?[]? DiagnosticInfos { get; set; }

    public static ModifyMonitoredItemsResponse Decode(ref UaReader reader)
    {
        var value = new ModifyMonitoredItemsResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.Results = reader.ReadStructureArray<MonitoredItemModifyResult>(19);
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
