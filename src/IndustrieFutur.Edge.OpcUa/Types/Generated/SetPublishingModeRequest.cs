// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SetPublishingModeRequest of the OPC UA services, binary encoding i=799.</summary>
public sealed class SetPublishingModeRequest : IUaRequest<SetPublishingModeResponse>, IUaStructure<SetPublishingModeRequest>
{
    public const uint Id = 799;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public bool PublishingEnabled { get; set; }

    public uint[]? SubscriptionIds { get; set; }

    public static SetPublishingModeRequest Decode(ref UaReader reader)
    {
        var value = new SetPublishingModeRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.PublishingEnabled = reader.ReadBoolean();
        value.SubscriptionIds = reader.ReadUInt32Array();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteBoolean(PublishingEnabled);
        writer.WriteUInt32Array(SubscriptionIds);
    }
}
