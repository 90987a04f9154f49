// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CreateSubscriptionResponse of the OPC UA services, binary encoding i=790.</summary>
public sealed class CreateSubscriptionResponse : IUaResponse<CreateSubscriptionResponse>
{
    public const uint Id = 790;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public ResponseHeader ResponseHeader { get; set; } = new();

    public uint SubscriptionId { get; set; }

    public double RevisedPublishingInterval { get; set; }

    public uint RevisedLifetimeCount { get; set; }

    public uint RevisedMaxKeepAliveCount { get; set; }

    public static CreateSubscriptionResponse Decode(ref UaReader reader)
    {
        var value = new CreateSubscriptionResponse();
        value.ResponseHeader = ResponseHeader.Decode(ref reader);
        value.SubscriptionId = reader.ReadUInt32();
        value.RevisedPublishingInterval = reader.ReadDouble();
        value.RevisedLifetimeCount = reader.ReadUInt32();
        value.RevisedMaxKeepAliveCount = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        ResponseHeader.Encode(ref writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteDouble(RevisedPublishingInterval);
        writer.WriteUInt32(RevisedLifetimeCount);
        writer.WriteUInt32(RevisedMaxKeepAliveCount);
    }
}
