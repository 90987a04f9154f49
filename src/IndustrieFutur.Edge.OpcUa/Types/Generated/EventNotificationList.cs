// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure EventNotificationList of the OPC UA services, binary encoding i=916.</summary>
public sealed class EventNotificationList : IUaStructure<EventNotificationList>
{
    public const uint Id = 916;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public EventFieldList[]? Events { get; set; }

    public static EventNotificationList Decode(ref UaReader reader)
    {
        var value = new EventNotificationList();
        value.Events = reader.ReadStructureArray<EventFieldList>(8);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStructureArray(Events);
    }
}
