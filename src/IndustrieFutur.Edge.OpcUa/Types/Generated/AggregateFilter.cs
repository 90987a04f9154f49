// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure AggregateFilter of the OPC UA services, binary encoding i=730.</summary>
public sealed class AggregateFilter : IUaStructure<AggregateFilter>
{
    public const uint Id = 730;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public long StartTime { get; set; }

    public NodeId AggregateType { get; set; }

    public double ProcessingInterval { get; set; }

    public AggregateConfiguration AggregateConfiguration { get; set; } = new();

    public static AggregateFilter Decode(ref UaReader reader)
    {
        var value = new AggregateFilter();
        value.StartTime = reader.ReadDateTime();
        value.AggregateType = reader.ReadNodeId();
        value.ProcessingInterval = reader.ReadDouble();
        value.AggregateConfiguration = AggregateConfiguration.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteDateTime(StartTime);
        writer.WriteNodeId(AggregateType);
        writer.WriteDouble(ProcessingInterval);
        AggregateConfiguration.Encode(ref writer);
    }
}
