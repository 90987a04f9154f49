using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A method (OPC UA Part 3, 5.7): executable as soon as it has a handler.</summary>
public sealed class UaMethod(NodeId id, QualifiedName browseName) : UaNode(id, browseName)
{
    /// <summary>Does the call, on the thread of the caller's connection: it must be quick. Null: the method cannot be called here.</summary>
    public Func<MethodCall, MethodAnswer>? Handler { get; set; }

    public override NodeClass NodeClass => NodeClass.Method;

    private protected override DataValue? ClassAttribute(uint attributeId) =>
        attributeId is AttributeIds.Executable or AttributeIds.UserExecutable ? Answer(Variant.Of(Handler is not null)) : null;
}
