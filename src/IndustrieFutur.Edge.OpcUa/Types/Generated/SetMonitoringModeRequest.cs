// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SetMonitoringModeRequest of the OPC UA services, binary encoding i=769.</summary>
public sealed class SetMonitoringModeRequest : IUaRequest<SetMonitoringModeResponse>, IUaStructure<SetMonitoringModeRequest>
{
    public const uint Id = 769;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint SubscriptionId { get; set; }

    public MonitoringMode MonitoringMode { get; set; }

    public uint[]? MonitoredItemIds { get; set; }

    public static SetMonitoringModeRequest Decode(ref UaReader reader)
    {
        var value = new SetMonitoringModeRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.SubscriptionId = reader.ReadUInt32();
        value.MonitoringMode = (MonitoringMode)reader.ReadInt32();
        value.MonitoredItemIds = reader.ReadUInt32Array();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteInt32((int)MonitoringMode);
        writer.WriteUInt32Array(MonitoredItemIds);
    }
}
