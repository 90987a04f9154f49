// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure NotificationMessage of the OPC UA services, binary encoding i=805.</summary>
public sealed class NotificationMessage : IUaStructure<NotificationMessage>
{
    public const uint Id = 805;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint SequenceNumber { get; set; }

    public long PublishTime { get; set; }

    public ExtensionObject[]? NotificationData { get; set; }

    public static NotificationMessage Decode(ref UaReader reader)
    {
        var value = new NotificationMessage();
        value.SequenceNumber = reader.ReadUInt32();
        value.PublishTime = reader.ReadDateTime();
        value.NotificationData = reader.ReadExtensionObjectArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(SequenceNumber);
        writer.WriteDateTime(PublishTime);
        writer.WriteExtensionObjectArray(NotificationData);
    }
}
