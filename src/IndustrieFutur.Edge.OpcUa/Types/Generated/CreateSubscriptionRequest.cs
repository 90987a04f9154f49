// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CreateSubscriptionRequest of the OPC UA services, binary encoding i=787.</summary>
public sealed class CreateSubscriptionRequest : IUaRequest<CreateSubscriptionResponse>, IUaStructure<CreateSubscriptionRequest>
{
    public const uint Id = 787;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public double RequestedPublishingInterval { get; set; }

    public uint RequestedLifetimeCount { get; set; }

    public uint RequestedMaxKeepAliveCount { get; set; }

    public uint MaxNotificationsPerPublish { get; set; }

    public bool PublishingEnabled { get; set; }

    public byte Priority { get; set; }

    public static CreateSubscriptionRequest Decode(ref UaReader reader)
    {
        var value = new CreateSubscriptionRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.RequestedPublishingInterval = reader.ReadDouble();
        value.RequestedLifetimeCount = reader.ReadUInt32();
        value.RequestedMaxKeepAliveCount = reader.ReadUInt32();
        value.MaxNotificationsPerPublish = reader.ReadUInt32();
        value.PublishingEnabled = reader.ReadBoolean();
        value.Priority = reader.ReadByte();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteDouble(RequestedPublishingInterval);
        writer.WriteUInt32(RequestedLifetimeCount);
        writer.WriteUInt32(RequestedMaxKeepAliveCount);
        writer.WriteUInt32(MaxNotificationsPerPublish);
        writer.WriteBoolean(PublishingEnabled);
        writer.WriteByte(Priority);
    }
}
