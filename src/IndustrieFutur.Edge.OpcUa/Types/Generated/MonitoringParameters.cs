// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure MonitoringParameters of the OPC UA services, binary encoding i=742.</summary>
public sealed class MonitoringParameters : IUaStructure<MonitoringParameters>
{
    public const uint Id = 742;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint ClientHandle { get; set; }

    public double SamplingInterval { get; set; }

    public ExtensionObject Filter { get; set; } = ExtensionObject.Null;

    public uint QueueSize { get; set; }

    public bool DiscardOldest { get; set; }

    public static MonitoringParameters Decode(ref UaReader reader)
    {
        var value = new MonitoringParameters();
        value.ClientHandle = reader.ReadUInt32();
        value.SamplingInterval = reader.ReadDouble();
        value.Filter = reader.ReadExtensionObject();
        value.QueueSize = reader.ReadUInt32();
        value.DiscardOldest = reader.ReadBoolean();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(ClientHandle);
        writer.WriteDouble(SamplingInterval);
        writer.WriteExtensionObject(Filter);
        writer.WriteUInt32(QueueSize);
        writer.WriteBoolean(DiscardOldest);
    }
}
