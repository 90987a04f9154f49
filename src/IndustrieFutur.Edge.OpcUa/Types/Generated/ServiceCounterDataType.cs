// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ServiceCounterDataType of the OPC UA services, binary encoding i=873.</summary>
public sealed class ServiceCounterDataType : IUaStructure<ServiceCounterDataType>
{
    public const uint Id = 873;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint TotalCount { get; set; }

    public uint ErrorCount { get; set; }

    public static ServiceCounterDataType Decode(ref UaReader reader)
    {
        var value = new ServiceCounterDataType();
        value.TotalCount = reader.ReadUInt32();
        value.ErrorCount = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(TotalCount);
        writer.WriteUInt32(ErrorCount);
    }
}
