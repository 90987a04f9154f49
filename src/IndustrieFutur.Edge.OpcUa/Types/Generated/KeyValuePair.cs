// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure KeyValuePair of the OPC UA services, binary encoding i=14846.</summary>
public sealed class KeyValuePair : IUaStructure<KeyValuePair>
{
    public const uint Id = 14846;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public QualifiedName Key { get; set; }

    public Variant Value { get; set; }

    public static KeyValuePair Decode(ref UaReader reader)
    {
        var value = new KeyValuePair();
        value.Key = reader.ReadQualifiedName();
        value.Value = reader.ReadVariant();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteQualifiedName(Key);
        writer.WriteVariant(Value);
    }
}
