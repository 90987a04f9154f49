// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure HistoryEventFieldList of the OPC UA services, binary encoding i=922.</summary>
public sealed class HistoryEventFieldList : IUaStructure<HistoryEventFieldList>
{
    public const uint Id = 922;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public Variant[]? EventFields { get; set; }

    public static HistoryEventFieldList Decode(ref UaReader reader)
    {
        var value = new HistoryEventFieldList();
        value.EventFields = reader.ReadVariantArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteVariantArray(EventFields);
    }
}
