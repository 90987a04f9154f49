using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A value of the table of models, decoded when it is first asked for, with the namespace indexes of this server.</summary>
/// <param name="encoded">A Variant in OPC UA Binary.</param>
/// <param name="namespaces">The server's index of each namespace of the table.</param>
internal sealed class NodeSetValue(ReadOnlyMemory<byte> encoded, ushort[] namespaces)
{
    public Variant Decode()
    {
        var reader = new UaReader(encoded.Span);
        var value = reader.ReadVariant();
        return value.Value switch
        {
            QualifiedName name => Variant.Of(name with { NamespaceIndex = namespaces[name.NamespaceIndex] }),
            ExtensionObject structure => Variant.Of(Translate(structure)),
            ExtensionObject[] structures => Variant.OfArray(BuiltInType.ExtensionObject, Array.ConvertAll(structures, Translate)),
            _ => value,
        };
    }

    public ExtensionObject DecodeDefinition() => Decode().Value as ExtensionObject ?? ExtensionObject.Null;

    /// <summary>Of the structures that the table holds only these two name nodes.</summary>
    private ExtensionObject Translate(ExtensionObject structure)
    {
        if (structure.TryDecode<Argument>(out var argument))
        {
            argument.DataType = Translate(argument.DataType);
            return ExtensionObject.Of(argument);
        }

        if (structure.TryDecode<StructureDefinition>(out var definition))
        {
            definition.DefaultEncodingId = Translate(definition.DefaultEncodingId);
            definition.BaseDataType = Translate(definition.BaseDataType);
            foreach (var field in definition.Fields ?? [])
            {
                field.DataType = Translate(field.DataType);
            }

            return ExtensionObject.Of(definition);
        }

        return structure;
    }

    private NodeId Translate(NodeId id) => id.In(namespaces[id.NamespaceIndex]);
}
