// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SetTriggeringRequest of the OPC UA services, binary encoding i=775.</summary>
public sealed class SetTriggeringRequest : IUaRequest<SetTriggeringResponse>, IUaStructure<SetTriggeringRequest>
{
    public const uint Id = 775;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint SubscriptionId { get; set; }

    public uint TriggeringItemId { get; set; }

    public uint[]? LinksToAdd { get; set; }

    public uint[]? LinksToRemove { get; set; }

    public static SetTriggeringRequest Decode(ref UaReader reader)
    {
        var value = new SetTriggeringRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.SubscriptionId = reader.ReadUInt32();
        value.TriggeringItemId = reader.ReadUInt32();
        value.LinksToAdd = reader.ReadUInt32Array();
        value.LinksToRemove = reader.ReadUInt32Array();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteUInt32(TriggeringItemId);
        writer.WriteUInt32Array(LinksToAdd);
        writer.WriteUInt32Array(LinksToRemove);
    }
}
