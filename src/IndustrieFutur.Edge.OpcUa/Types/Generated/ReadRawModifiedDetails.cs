// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ReadRawModifiedDetails of the OPC UA services, binary encoding i=649.</summary>
public sealed class ReadRawModifiedDetails : IUaStructure<ReadRawModifiedDetails>
{
    public const uint Id = 649;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public bool IsReadModified { get; set; }

    public long StartTime { get; set; }

    public long EndTime { get; set; }

    public uint NumValuesPerNode { get; set; }

    public bool ReturnBounds { get; set; }

    public static ReadRawModifiedDetails Decode(ref UaReader reader)
    {
        var value = new ReadRawModifiedDetails();
        value.IsReadModified = reader.ReadBoolean();
        value.StartTime = reader.ReadDateTime();
        value.EndTime = reader.ReadDateTime();
        value.NumValuesPerNode = reader.ReadUInt32();
        value.ReturnBounds = reader.ReadBoolean();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteBoolean(IsReadModified);
        writer.WriteDateTime(StartTime);
        writer.WriteDateTime(EndTime);
        writer.WriteUInt32(NumValuesPerNode);
        writer.WriteBoolean(ReturnBounds);
    }
}
