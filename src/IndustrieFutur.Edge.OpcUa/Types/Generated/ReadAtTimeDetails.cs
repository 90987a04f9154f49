// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ReadAtTimeDetails of the OPC UA services, binary encoding i=655.</summary>
public sealed class ReadAtTimeDetails : IUaStructure<ReadAtTimeDetails>
{
    public const uint Id = 655;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public long[]? ReqTimes { get; set; }

    public bool UseSimpleBounds { get; set; }

    public static ReadAtTimeDetails Decode(ref UaReader reader)
    {
        var value = new ReadAtTimeDetails();
        value.ReqTimes = reader.ReadDateTimeArray();
        value.UseSimpleBounds = reader.ReadBoolean();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteDateTimeArray(ReqTimes);
        writer.WriteBoolean(UseSimpleBounds);
    }
}
