// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure EUInformation of the OPC UA services, binary encoding i=889.</summary>
public sealed class EUInformation : IUaStructure<EUInformation>
{
    public const uint Id = 889;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public string? NamespaceUri { get; set; }

    public int UnitId { get; set; }

    public LocalizedText DisplayName { get; set; }

    public LocalizedText Description { get; set; }

    public static EUInformation Decode(ref UaReader reader)
    {
        var value = new EUInformation();
        value.NamespaceUri = reader.ReadString();
        value.UnitId = reader.ReadInt32();
        value.DisplayName = reader.ReadLocalizedText();
        value.Description = reader.ReadLocalizedText();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteString(NamespaceUri);
        writer.WriteInt32(UnitId);
        writer.WriteLocalizedText(DisplayName);
        writer.WriteLocalizedText(Description);
    }
}
