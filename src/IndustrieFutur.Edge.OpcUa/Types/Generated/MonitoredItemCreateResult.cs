// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure MonitoredItemCreateResult of the OPC UA services, binary encoding i=748.</summary>
public sealed class MonitoredItemCreateResult : IUaStructure<MonitoredItemCreateResult>
{
    public const uint Id = 748;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint StatusCode { get; set; }

    public uint MonitoredItemId { get; set; }

    public double RevisedSamplingInterval { get; set; }

    public uint RevisedQueueSize { get; set; }

    public ExtensionObject FilterResult { get; set; } = ExtensionObject.Null;

    public static MonitoredItemCreateResult Decode(ref UaReader reader)
    {
        var value = new MonitoredItemCreateResult();
        value.StatusCode = reader.ReadStatusCode();
        value.MonitoredItemId = reader.ReadUInt32();
        value.RevisedSamplingInterval = reader.ReadDouble();
        value.RevisedQueueSize = reader.ReadUInt32();
        value.FilterResult = reader.ReadExtensionObject();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCode(StatusCode);
        writer.WriteUInt32(MonitoredItemId);
        writer.WriteDouble(RevisedSamplingInterval);
        writer.WriteUInt32(RevisedQueueSize);
        writer.WriteExtensionObject(FilterResult);
    }
}
