// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ModifySubscriptionRequest of the OPC UA services, binary encoding i=793.</summary>
public sealed class ModifySubscriptionRequest : IUaRequest<ModifySubscriptionResponse>, IUaStructure<ModifySubscriptionRequest>
{
    public const uint Id = 793;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint SubscriptionId { get; set; }

    public double RequestedPublishingInterval { get; set; }

    public uint RequestedLifetimeCount { get; set; }

    public uint RequestedMaxKeepAliveCount { get; set; }

    public uint MaxNotificationsPerPublish { get; set; }

    public byte Priority { get; set; }

    public static ModifySubscriptionRequest Decode(ref UaReader reader)
    {
        var value = new ModifySubscriptionRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.SubscriptionId = reader.ReadUInt32();
        value.RequestedPublishingInterval = reader.ReadDouble();
        value.RequestedLifetimeCount = reader.ReadUInt32();
        value.RequestedMaxKeepAliveCount = reader.ReadUInt32();
        value.MaxNotificationsPerPublish = reader.ReadUInt32();
        value.Priority = reader.ReadByte();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteDouble(RequestedPublishingInterval);
        writer.WriteUInt32(RequestedLifetimeCount);
        writer.WriteUInt32(RequestedMaxKeepAliveCount);
        writer.WriteUInt32(MaxNotificationsPerPublish);
        writer.WriteByte(Priority);
    }
}
