// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ElementOperand of the OPC UA services, binary encoding i=594.</summary>
public sealed class ElementOperand : IUaStructure<ElementOperand>
{
    public const uint Id = 594;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public uint Index { get; set; }

    public static ElementOperand Decode(ref UaReader reader)
    {
        var value = new ElementOperand();
        value.Index = reader.ReadUInt32();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteUInt32(Index);
    }
}
