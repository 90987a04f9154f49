// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure DeleteSubscriptionsRequest of the OPC UA services, binary encoding i=847.</summary>
public sealed class DeleteSubscriptionsRequest : IUaRequest<DeleteSubscriptionsResponse>, IUaStructure<DeleteSubscriptionsRequest>
{
    public const uint Id = 847;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint[]? SubscriptionIds { get; set; }

    public static DeleteSubscriptionsRequest Decode(ref UaReader reader)
    {
        var value = new DeleteSubscriptionsRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.SubscriptionIds = reader.ReadUInt32Array();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32Array(SubscriptionIds);
    }
}
