// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ReadEventDetails of the OPC UA services, binary encoding i=646.</summary>
public sealed class ReadEventDetails : IUaStructure<ReadEventDetails>
{
    public const uint Id = 646;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint NumValuesPerNode { get; set; }

    public long StartTime { get; set; }

    public long EndTime { get; set; }

    public EventFilter Filter { get; set; } = new();

    public static ReadEventDetails Decode(ref UaReader reader)
    {
        var value = new ReadEventDetails();
        value.NumValuesPerNode = reader.ReadUInt32();
        value.StartTime = reader.ReadDateTime();
        value.EndTime = reader.ReadDateTime();
        value.Filter = EventFilter.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(NumValuesPerNode);
        writer.WriteDateTime(StartTime);
        writer.WriteDateTime(EndTime);
        Filter.Encode(ref writer);
    }
}
