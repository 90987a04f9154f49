// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure EnumValueType of the OPC UA services, binary encoding i=8251.</summary>
public sealed class EnumValueType : IUaStructure<EnumValueType>
{
    public const uint Id = 8251;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public long Value { get; set; }

    public LocalizedText DisplayName { get; set; }

    public LocalizedText Description { get; set; }

    public static EnumValueType Decode(ref UaReader reader)
    {
        var value = new EnumValueType();
        value.Value = reader.ReadInt64();
        value.DisplayName = reader.ReadLocalizedText();
        value.Description = reader.ReadLocalizedText();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteInt64(Value);
        writer.WriteLocalizedText(DisplayName);
        writer.WriteLocalizedText(Description);
    }
}
