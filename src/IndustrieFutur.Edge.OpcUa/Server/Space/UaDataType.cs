using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A type of values (OPC UA Part 3, 5.8.3).</summary>
public sealed class UaDataType(NodeId id, QualifiedName browseName) : UaType(id, browseName)
{
    /// <summary>The fields of a structure or of an enumeration (Part 3, 8.48 and 8.50); made when first asked for.</summary>
    public Func<ExtensionObject>? Definition { get; init; }

    public override NodeClass NodeClass => NodeClass.DataType;

    private protected override DataValue? ClassAttribute(uint attributeId) => attributeId switch
    {
        AttributeIds.IsAbstract => Answer(Variant.Of(IsAbstract)),
        AttributeIds.DataTypeDefinition when Definition is not null => Answer(Variant.Of(Definition())),
        _ => null,
    };
}
