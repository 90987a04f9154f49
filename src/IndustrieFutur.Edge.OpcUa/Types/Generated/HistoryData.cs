// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure HistoryData of the OPC UA services, binary encoding i=658.</summary>
public sealed class HistoryData : IUaStructure<HistoryData>
{
    public const uint Id = 658;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public DataValue[]? DataValues { get; set; }

    public static HistoryData Decode(ref UaReader reader)
    {
        var value = new HistoryData();
        value.DataValues = reader.ReadDataValueArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteDataValueArray(DataValues);
    }
}
