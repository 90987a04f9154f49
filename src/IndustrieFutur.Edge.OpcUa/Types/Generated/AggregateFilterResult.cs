// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure AggregateFilterResult of the OPC UA services, binary encoding i=739.</summary>
public sealed class AggregateFilterResult : IUaStructure<AggregateFilterResult>
{
    public const uint Id = 739;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public long RevisedStartTime { get; set; }

    public double RevisedProcessingInterval { get; set; }

    public AggregateConfiguration RevisedAggregateConfiguration { get; set; } = new();

    public static AggregateFilterResult Decode(ref UaReader reader)
    {
        var value = new AggregateFilterResult();
        value.RevisedStartTime = reader.ReadDateTime();
        value.RevisedProcessingInterval = reader.ReadDouble();
        value.RevisedAggregateConfiguration = AggregateConfiguration.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteDateTime(RevisedStartTime);
        writer.WriteDouble(RevisedProcessingInterval);
        RevisedAggregateConfiguration.Encode(ref writer);
    }
}
