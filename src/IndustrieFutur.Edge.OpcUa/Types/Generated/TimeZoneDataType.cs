// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure TimeZoneDataType of the OPC UA services, binary encoding i=8917.</summary>
public sealed class TimeZoneDataType : IUaStructure<TimeZoneDataType>
{
    public const uint Id = 8917;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public short Offset { get; set; }

    public bool DaylightSavingInOffset { get; set; }

    public static TimeZoneDataType Decode(ref UaReader reader)
    {
        var value = new TimeZoneDataType();
        value.Offset = reader.ReadInt16();
        value.DaylightSavingInOffset = reader.ReadBoolean();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteInt16(Offset);
        writer.WriteBoolean(DaylightSavingInOffset);
    }
}
