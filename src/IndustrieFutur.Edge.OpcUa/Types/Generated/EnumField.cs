// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure EnumField of the OPC UA services, binary encoding i=14845.</summary>
public sealed class EnumField : IUaStructure<EnumField>
{
    public const uint Id = 14845;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public long Value { get; set; }

    public LocalizedText DisplayName { get; set; }

    public LocalizedText Description { get; set; }

    public string? Name { get; set; }

    public static EnumField Decode(ref UaReader reader)
    {
        var value = new EnumField();
        value.Value = reader.ReadInt64();
        value.DisplayName = reader.ReadLocalizedText();
        value.Description = reader.ReadLocalizedText();
        value.Name = reader.ReadString();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteInt64(Value);
        writer.WriteLocalizedText(DisplayName);
        writer.WriteLocalizedText(Description);
        writer.WriteString(Name);
    }
}
