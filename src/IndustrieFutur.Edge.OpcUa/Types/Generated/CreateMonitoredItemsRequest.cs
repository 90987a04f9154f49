// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure CreateMonitoredItemsRequest of the OPC UA services, binary encoding i=751.</summary>
public sealed class CreateMonitoredItemsRequest : IUaRequest<CreateMonitoredItemsResponse>, IUaStructure<CreateMonitoredItemsRequest>
{
    public const uint Id = 751;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint SubscriptionId { get; set; }

    public TimestampsToReturn TimestampsToReturn { get; set; }

    public MonitoredItemCreateRequest[]? ItemsToCreate { get; set; }

    public static CreateMonitoredItemsRequest Decode(ref UaReader reader)
    {
        var value = new CreateMonitoredItemsRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.SubscriptionId = reader.ReadUInt32();
        value.TimestampsToReturn = (TimestampsToReturn)reader.ReadInt32();
        value.ItemsToCreate = reader.ReadStructureArray<MonitoredItemCreateRequest>(40);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteInt32((int)TimestampsToReturn);
        writer.WriteStructureArray(ItemsToCreate);
    }
}
