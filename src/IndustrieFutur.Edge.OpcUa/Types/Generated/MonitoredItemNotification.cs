// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure MonitoredItemNotification of the OPC UA services, binary encoding i=808.</summary>
public sealed class MonitoredItemNotification : IUaStructure<MonitoredItemNotification>
{
    public const uint Id = 808;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint ClientHandle { get; set; }

    public DataValue Value { get; set; } = new();

    public static MonitoredItemNotification Decode(ref UaReader reader)
    {
        var value = new MonitoredItemNotification();
        value.ClientHandle = reader.ReadUInt32();
        value.Value = reader.ReadDataValue();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(ClientHandle);
        writer.WriteDataValue(Value);
    }
}
