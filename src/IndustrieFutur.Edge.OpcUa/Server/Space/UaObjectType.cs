using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A type of objects, of events and of interfaces (OPC UA Part 3, 5.5.2).</summary>
public sealed class UaObjectType(NodeId id, QualifiedName browseName) : UaType(id, browseName)
{
    public override NodeClass NodeClass => NodeClass.ObjectType;

    private protected override DataValue? ClassAttribute(uint attributeId) =>
        attributeId == AttributeIds.IsAbstract ? Answer(Variant.Of(IsAbstract)) : null;
}
