// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure TransferSubscriptionsRequest of the OPC UA services, binary encoding i=841.</summary>
public sealed class TransferSubscriptionsRequest : IUaRequest<TransferSubscriptionsResponse>, IUaStructure<TransferSubscriptionsRequest>
{
    public const uint Id = 841;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint[]? SubscriptionIds { get; set; }

    public bool SendInitialValues { get; set; }

    public static TransferSubscriptionsRequest Decode(ref UaReader reader)
    {
        var value = new TransferSubscriptionsRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.SubscriptionIds = reader.ReadUInt32Array();
        value.SendInitialValues = reader.ReadBoolean();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32Array(SubscriptionIds);
        writer.WriteBoolean(SendInitialValues);
    }
}
