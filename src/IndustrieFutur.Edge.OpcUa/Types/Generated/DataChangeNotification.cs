// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure DataChangeNotification of the OPC UA services, binary encoding i=811.</summary>
public sealed class DataChangeNotification : IUaStructure<DataChangeNotification>
{
    public const uint Id = 811;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public MonitoredItemNotification[]? MonitoredItems { get; set; }

    public DiagnosticInfo?[]? DiagnosticInfos { get; set; }

    public static DataChangeNotification Decode(ref UaReader reader)
    {
        var value = new DataChangeNotification();
        value.MonitoredItems = reader.ReadStructureArray<MonitoredItemNotification>(5);
        value.DiagnosticInfos = reader.ReadDiagnosticInfoArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStructureArray(MonitoredItems);
        writer.WriteDiagnosticInfoArray(DiagnosticInfos);
    }
}
