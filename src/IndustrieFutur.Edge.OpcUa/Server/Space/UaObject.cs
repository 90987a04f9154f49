using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A thing of the plant, or a folder (OPC UA Part 3, 5.5.1).</summary>
public sealed class UaObject(NodeId id, QualifiedName browseName) : UaNode(id, browseName)
{
    /// <summary>Bit 0: events can be subscribed here; set on Server and on the notifiers below it.</summary>
    public byte EventNotifier { get; set; }

    public override NodeClass NodeClass => NodeClass.Object;

    private protected override DataValue? ClassAttribute(uint attributeId) =>
        attributeId == AttributeIds.EventNotifier ? Answer(Variant.Of(EventNotifier)) : null;
}
