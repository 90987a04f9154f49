// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure MonitoredItemCreateRequest of the OPC UA services, binary encoding i=745.</summary>
public sealed class MonitoredItemCreateRequest : IUaStructure<MonitoredItemCreateRequest>
{
    public const uint Id = 745;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ReadValueId ItemToMonitor { get; set; } = new();

    public MonitoringMode MonitoringMode { get; set; }

    public MonitoringParameters RequestedParameters { get; set; } = new();

    public static MonitoredItemCreateRequest Decode(ref UaReader reader)
    {
        var value = new MonitoredItemCreateRequest();
        value.ItemToMonitor = ReadValueId.Decode(ref reader);
        value.MonitoringMode = (MonitoringMode)reader.ReadInt32();
        value.RequestedParameters = MonitoringParameters.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ItemToMonitor.Encode(ref writer);
        writer.WriteInt32((int)MonitoringMode);
        RequestedParameters.Encode(ref writer);
    }
}
