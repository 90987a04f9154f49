// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure DataChangeFilter of the OPC UA services, binary encoding i=724.</summary>
public sealed class DataChangeFilter : IUaStructure<DataChangeFilter>
{
    public const uint Id = 724;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public DataChangeTrigger Trigger { get; set; }

    public uint DeadbandType { get; set; }

    public double DeadbandValue { get; set; }

    public static DataChangeFilter Decode(ref UaReader reader)
    {
        var value = new DataChangeFilter();
        value.Trigger = (DataChangeTrigger)reader.ReadInt32();
        value.DeadbandType = reader.ReadUInt32();
        value.DeadbandValue = reader.ReadDouble();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteInt32((int)Trigger);
        writer.WriteUInt32(DeadbandType);
        writer.WriteDouble(DeadbandValue);
    }
}
