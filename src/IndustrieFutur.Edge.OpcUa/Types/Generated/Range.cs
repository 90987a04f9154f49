// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure Range of the OPC UA services, binary encoding i=886.</summary>
public sealed class Range : IUaStructure<Range>
{
    public const uint Id = 886;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public double Low { get; set; }

    public double High { get; set; }

    public static Range Decode(ref UaReader reader)
    {
        var value = new Range();
        value.Low = reader.ReadDouble();
        value.High = reader.ReadDouble();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteDouble(Low);
        writer.WriteDouble(High);
    }
}
