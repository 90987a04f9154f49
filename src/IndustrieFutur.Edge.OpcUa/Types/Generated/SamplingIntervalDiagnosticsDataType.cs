// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure SamplingIntervalDiagnosticsDataType of the OPC UA services, binary encoding i=858.</summary>
public sealed class SamplingIntervalDiagnosticsDataType : IUaStructure<SamplingIntervalDiagnosticsDataType>
{
    public const uint Id = 858;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public double SamplingInterval { get; set; }

    public uint MonitoredItemCount { get; set; }

    public uint MaxMonitoredItemCount { get; set; }

    public uint DisabledMonitoredItemCount { get; set; }

    public static SamplingIntervalDiagnosticsDataType Decode(ref UaReader reader)
    {
        var value = new SamplingIntervalDiagnosticsDataType();
        value.SamplingInterval = reader.ReadDouble();
        value.MonitoredItemCount = reader.ReadUInt32();
        value.MaxMonitoredItemCount = reader.ReadUInt32();
        value.DisabledMonitoredItemCount = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteDouble(SamplingInterval);
        writer.WriteUInt32(MonitoredItemCount);
        writer.WriteUInt32(MaxMonitoredItemCount);
        writer.WriteUInt32(DisabledMonitoredItemCount);
    }
}
