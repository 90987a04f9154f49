// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure MonitoredItemModifyResult of the OPC UA services, binary encoding i=760.</summary>
public sealed class MonitoredItemModifyResult : IUaStructure<MonitoredItemModifyResult>
{
    public const uint Id = 760;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint StatusCode { get; set; }

    public double RevisedSamplingInterval { get; set; }

    public uint RevisedQueueSize { get; set; }

    public ExtensionObject FilterResult { get; set; } = ExtensionObject.Null;

    public static MonitoredItemModifyResult Decode(ref UaReader reader)
    {
        var value = new MonitoredItemModifyResult();
        value.StatusCode = reader.ReadStatusCode();
        value.RevisedSamplingInterval = reader.ReadDouble();
        value.RevisedQueueSize = reader.ReadUInt32();
        value.FilterResult = reader.ReadExtensionObject();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStatusCode(StatusCode);
        writer.WriteDouble(RevisedSamplingInterval);
        writer.WriteUInt32(RevisedQueueSize);
        writer.WriteExtensionObject(FilterResult);
    }
}
