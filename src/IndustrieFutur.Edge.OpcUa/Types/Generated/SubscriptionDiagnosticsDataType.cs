// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SubscriptionDiagnosticsDataType of the OPC UA services, binary encoding i=876.</summary>
public sealed class SubscriptionDiagnosticsDataType : IUaStructure<SubscriptionDiagnosticsDataType>
{
    public const uint Id = 876;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public NodeId SessionId { get; set; }

    public uint SubscriptionId { get; set; }

    public byte Priority { get; set; }

    public double PublishingInterval { get; set; }

    public uint MaxKeepAliveCount { get; set; }

    public uint MaxLifetimeCount { get; set; }

    public uint MaxNotificationsPerPublish { get; set; }

    public bool PublishingEnabled { get; set; }

    public uint ModifyCount { get; set; }

    public uint EnableCount { get; set; }

    public uint DisableCount { get; set; }

    public uint RepublishRequestCount { get; set; }

    public uint RepublishMessageRequestCount { get; set; }

    public uint RepublishMessageCount { get; set; }

    public uint TransferRequestCount { get; set; }

    public uint TransferredToAltClientCount { get; set; }

    public uint TransferredToSameClientCount { get; set; }

    public uint PublishRequestCount { get; set; }

    public uint DataChangeNotificationsCount { get; set; }

    public uint EventNotificationsCount { get; set; }

    public uint NotificationsCount { get; set; }

    public uint LatePublishRequestCount { get; set; }

    public uint CurrentKeepAliveCount { get; set; }

    public uint CurrentLifetimeCount { get; set; }

    public uint UnacknowledgedMessageCount { get; set; }

    public uint DiscardedMessageCount { get; set; }

    public uint MonitoredItemCount { get; set; }

    public uint DisabledMonitoredItemCount { get; set; }

    public uint MonitoringQueueOverflowCount { get; set; }

    public uint NextSequenceNumber { get; set; }

    public uint EventQueueOverflowCount { get; set; }

    public static SubscriptionDiagnosticsDataType Decode(ref UaReader reader)
    {
        var value = new SubscriptionDiagnosticsDataType();
        value.SessionId = reader.ReadNodeId();
        value.SubscriptionId = reader.ReadUInt32();
        value.Priority = reader.ReadByte();
        value.PublishingInterval = reader.ReadDouble();
        value.MaxKeepAliveCount = reader.ReadUInt32();
        value.MaxLifetimeCount = reader.ReadUInt32();
        value.MaxNotificationsPerPublish = reader.ReadUInt32();
        value.PublishingEnabled = reader.ReadBoolean();
        value.ModifyCount = reader.ReadUInt32();
        value.EnableCount = reader.ReadUInt32();
        value.DisableCount = reader.ReadUInt32();
        value.RepublishRequestCount = reader.ReadUInt32();
        value.RepublishMessageRequestCount = reader.ReadUInt32();
        value.RepublishMessageCount = reader.ReadUInt32();
        value.TransferRequestCount = reader.ReadUInt32();
        value.TransferredToAltClientCount = reader.ReadUInt32();
        value.TransferredToSameClientCount = reader.ReadUInt32();
        value.PublishRequestCount = reader.ReadUInt32();
        value.DataChangeNotificationsCount = reader.ReadUInt32();
        value.EventNotificationsCount = reader.ReadUInt32();
        value.NotificationsCount = reader.ReadUInt32();
        value.LatePublishRequestCount = reader.ReadUInt32();
        value.CurrentKeepAliveCount = reader.ReadUInt32();
        value.CurrentLifetimeCount = reader.ReadUInt32();
        value.UnacknowledgedMessageCount = reader.ReadUInt32();
        value.DiscardedMessageCount = reader.ReadUInt32();
        value.MonitoredItemCount = reader.ReadUInt32();
        value.DisabledMonitoredItemCount = reader.ReadUInt32();
        value.MonitoringQueueOverflowCount = reader.ReadUInt32();
        value.NextSequenceNumber = reader.ReadUInt32();
        value.EventQueueOverflowCount = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteNodeId(SessionId);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteByte(Priority);
        writer.WriteDouble(PublishingInterval);
        writer.WriteUInt32(MaxKeepAliveCount);
        writer.WriteUInt32(MaxLifetimeCount);
        writer.WriteUInt32(MaxNotificationsPerPublish);
        writer.WriteBoolean(PublishingEnabled);
        writer.WriteUInt32(ModifyCount);
        writer.WriteUInt32(EnableCount);
        writer.WriteUInt32(DisableCount);
        writer.WriteUInt32(RepublishRequestCount);
        writer.WriteUInt32(RepublishMessageRequestCount);
        writer.WriteUInt32(RepublishMessageCount);
        writer.WriteUInt32(TransferRequestCount);
        writer.WriteUInt32(TransferredToAltClientCount);
        writer.WriteUInt32(TransferredToSameClientCount);
        writer.WriteUInt32(PublishRequestCount);
        writer.WriteUInt32(DataChangeNotificationsCount);
        writer.WriteUInt32(EventNotificationsCount);
        writer.WriteUInt32(NotificationsCount);
        writer.WriteUInt32(LatePublishRequestCount);
        writer.WriteUInt32(CurrentKeepAliveCount);
        writer.WriteUInt32(CurrentLifetimeCount);
        writer.WriteUInt32(UnacknowledgedMessageCount);
        writer.WriteUInt32(DiscardedMessageCount);
        writer.WriteUInt32(MonitoredItemCount);
        writer.WriteUInt32(DisabledMonitoredItemCount);
        writer.WriteUInt32(MonitoringQueueOverflowCount);
        writer.WriteUInt32(NextSequenceNumber);
        writer.WriteUInt32(EventQueueOverflowCount);
    }
}
