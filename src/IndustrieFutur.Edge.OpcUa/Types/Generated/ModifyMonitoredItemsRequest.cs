// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ModifyMonitoredItemsRequest of the OPC UA services, binary encoding i=763.</summary>
public sealed class ModifyMonitoredItemsRequest : IUaRequest<ModifyMonitoredItemsResponse>, IUaStructure<ModifyMonitoredItemsRequest>
{
    public const uint Id = 763;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint SubscriptionId { get; set; }

    public TimestampsToReturn TimestampsToReturn { get; set; }

    public MonitoredItemModifyRequest[]? ItemsToModify { get; set; }

    public static ModifyMonitoredItemsRequest Decode(ref UaReader reader)
    {
        var value = new ModifyMonitoredItemsRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.SubscriptionId = reader.ReadUInt32();
        value.TimestampsToReturn = (TimestampsToReturn)reader.ReadInt32();
        value.ItemsToModify = reader.ReadStructureArray<MonitoredItemModifyRequest>(24);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteInt32((int)TimestampsToReturn);
        writer.WriteStructureArray(ItemsToModify);
    }
}
