// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure PublishRequest of the OPC UA services, binary encoding i=826.</summary>
public sealed class PublishRequest : IUaRequest<PublishResponse>, IUaStructure<PublishRequest>
{
    public const uint Id = 826;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public SubscriptionAcknowledgement[]? SubscriptionAcknowledgements { get; set; }

    public static PublishRequest Decode(ref UaReader reader)
    {
        var value = new PublishRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.SubscriptionAcknowledgements = reader.ReadStructureArray<SubscriptionAcknowledgement>(8);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteStructureArray(SubscriptionAcknowledgements);
    }
}
