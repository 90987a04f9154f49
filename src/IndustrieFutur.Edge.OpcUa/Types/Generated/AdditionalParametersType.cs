// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure AdditionalParametersType of the OPC UA services, binary encoding i=17537.</summary>
public sealed class AdditionalParametersType : IUaStructure<AdditionalParametersType>
{
    public const uint Id = 17537;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public KeyValuePair[]? Parameters { get; set; }

    public static AdditionalParametersType Decode(ref UaReader reader)
    {
        var value = new AdditionalParametersType();
        value.Parameters = reader.ReadStructureArray<KeyValuePair>(7);
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteStructureArray(Parameters);
    }
}
