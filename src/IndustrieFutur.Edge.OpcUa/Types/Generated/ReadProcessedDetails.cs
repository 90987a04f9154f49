// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ReadProcessedDetails of the OPC UA services, binary encoding i=652.</summary>
public sealed class ReadProcessedDetails : IUaStructure<ReadProcessedDetails>
{
    public const uint Id = 652;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public long StartTime { get; set; }

    public long EndTime { get; set; }

    public double ProcessingInterval { get; set; }

    public NodeId[]? AggregateType { get; set; }

    public AggregateConfiguration AggregateConfiguration { get; set; } = new();

    public static ReadProcessedDetails Decode(ref UaReader reader)
    {
        var value = new ReadProcessedDetails();
        value.StartTime = reader.ReadDateTime();
        value.EndTime = reader.ReadDateTime();
        value.ProcessingInterval = reader.ReadDouble();
        value.AggregateType = reader.ReadNodeIdArray();
        value.AggregateConfiguration = AggregateConfiguration.Decode(ref reader);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteDateTime(StartTime);
        writer.WriteDateTime(EndTime);
        writer.WriteDouble(ProcessingInterval);
        writer.WriteNodeIdArray(AggregateType);
        AggregateConfiguration.Encode(ref writer);
    }
}
