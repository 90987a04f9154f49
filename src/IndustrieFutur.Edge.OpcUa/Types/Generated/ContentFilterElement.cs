// Written by IndustrieFutur.Edge.OpcUa.Generator from Opc.Ua.Types.bsd; change the generator, not this file.
// The schema is Copyright (c) 2005-2024 The OPC Foundation, Inc., OPC Foundation MIT License 1.00: NOTICE.txt in this folder.
namespace IndustrieFutur.Edge.OpcUa.Types.Generated;

/// <summary>The structure ContentFilterElement of the OPC UA services, binary encoding i=585.</summary>
public sealed class ContentFilterElement : IUaStructure<ContentFilterElement>
{
    public const uint Id = 585;

    public static uint BinaryEncodingId => Id;

    public uint EncodingId => Id;

    public FilterOperator FilterOperator { get; set; }

    public ExtensionObject[]? FilterOperands { get; set; }

    public static ContentFilterElement Decode(ref UaReader reader)
    {
        var value = new ContentFilterElement();
        value.FilterOperator = (FilterOperator)reader.ReadInt32();
        value.FilterOperands = reader.ReadExtensionObjectArray();
        return value;
    }

    public void Encode(ref UaWriter writer)
    {
        writer.WriteInt32((int)FilterOperator);
        writer.WriteExtensionObjectArray(FilterOperands);
    }
}
