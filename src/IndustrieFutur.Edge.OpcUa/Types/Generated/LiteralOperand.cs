// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure LiteralOperand of the OPC UA services, binary encoding i=597.</summary>
public sealed class LiteralOperand : IUaStructure<LiteralOperand>
{
    public const uint Id = 597;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public Variant Value { get; set; }

    public static LiteralOperand Decode(ref UaReader reader)
    {
        var value = new LiteralOperand();
        value.Value = reader.ReadVariant();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteVariant(Value);
    }
}
