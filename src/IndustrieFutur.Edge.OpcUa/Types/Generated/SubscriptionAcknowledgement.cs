// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SubscriptionAcknowledgement of the OPC UA services, binary encoding i=823.</summary>
public sealed class SubscriptionAcknowledgement : IUaStructure<SubscriptionAcknowledgement>
{
    public const uint Id = 823;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint SubscriptionId { get; set; }

    public uint SequenceNumber { get; set; }

    public static SubscriptionAcknowledgement Decode(ref UaReader reader)
    {
        var value = new SubscriptionAcknowledgement();
        value.SubscriptionId = reader.ReadUInt32();
        value.SequenceNumber = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(SubscriptionId);
        writer.WriteUInt32(SequenceNumber);
    }
}
