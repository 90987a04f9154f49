// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure DeleteMonitoredItemsRequest of the OPC UA services, binary encoding i=781.</summary>
public sealed class DeleteMonitoredItemsRequest : IUaRequest<DeleteMonitoredItemsResponse>, IUaStructure<DeleteMonitoredItemsRequest>
{
    public const uint Id = 781;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public RequestHeader RequestHeader { get; set; } = new();

    public uint SubscriptionId { get; set; }

    public uint[]? MonitoredItemIds { get; set; }

    public static DeleteMonitoredItemsRequest Decode(ref UaReader reader)
    {
        var value = new DeleteMonitoredItemsRequest();
        value.RequestHeader = RequestHeader.Decode(ref reader);
        value.SubscriptionId = reader.ReadUInt32();
        value.MonitoredItemIds = reader.ReadUInt32Array();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        RequestHeader.Encode(ref writer);
        writer.WriteUInt32(SubscriptionId);
        writer.WriteUInt32Array(MonitoredItemIds);
    }
}
