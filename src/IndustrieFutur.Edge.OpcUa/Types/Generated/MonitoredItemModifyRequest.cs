// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure MonitoredItemModifyRequest of the OPC UA services, binary encoding i=757.</summary>
public sealed class MonitoredItemModifyRequest : IUaStructure<MonitoredItemModifyRequest>
{
    public const uint Id = 757;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint MonitoredItemId { get; set; }

    public MonitoringParameters RequestedParameters { get; set; } = new();

    public static MonitoredItemModifyRequest Decode(ref UaReader reader)
    {
        var value = new MonitoredItemModifyRequest();
        value.MonitoredItemId = reader.ReadUInt32();
        value.RequestedParameters = MonitoringParameters.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(MonitoredItemId);
        RequestedParameters.Encode(ref writer);
    }
}
