// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure EventFilter of the OPC UA services, binary encoding i=727.</summary>
public sealed class EventFilter : IUaStructure<EventFilter>
{
    public const uint Id = 727;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public SimpleAttributeOperand[]? SelectClauses { get; set; }

    public ContentFilter WhereClause { get; set; } = new();

    public static EventFilter Decode(ref UaReader reader)
    {
        var value = new EventFilter();
        value.SelectClauses = reader.ReadStructureArray<SimpleAttributeOperand>(14);
        value.WhereClause = ContentFilter.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStructureArray(SelectClauses);
        WhereClause.Encode(ref writer);
    }
}
