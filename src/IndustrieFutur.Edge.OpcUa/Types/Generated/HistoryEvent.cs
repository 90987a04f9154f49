// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure HistoryEvent of the OPC UA services, binary encoding i=661.</summary>
public sealed class HistoryEvent : IUaStructure<HistoryEvent>
{
    public const uint Id = 661;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public HistoryEventFieldList[]? Events { get; set; }

    public static HistoryEvent Decode(ref UaReader reader)
    {
        var value = new HistoryEvent();
        value.Events = reader.ReadStructureArray<HistoryEventFieldList>(4);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStructureArray(Events);
    }
}
