// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure EventFieldList of the OPC UA services, binary encoding i=919.</summary>
public sealed class EventFieldList : IUaStructure<EventFieldList>
{
    public const uint Id = 919;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint ClientHandle { get; set; }

    public Variant[]? EventFields { get; set; }

    public static EventFieldList Decode(ref UaReader reader)
    {
        var value = new EventFieldList();
        value.ClientHandle = reader.ReadUInt32();
        value.EventFields = reader.ReadVariantArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(ClientHandle);
        writer.WriteVariantArray(EventFields);
    }
}
