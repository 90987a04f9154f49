// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure EnumDefinition of the OPC UA services, binary encoding i=123.</summary>
public sealed class EnumDefinition : IUaStructure<EnumDefinition>
{
    public const uint Id = 123;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public EnumField[]? Fields { get; set; }

    public static EnumDefinition Decode(ref UaReader reader)
    {
        var value = new EnumDefinition();
        value.Fields = reader.ReadStructureArray<EnumField>(14);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStructureArray(Fields);
    }
}
