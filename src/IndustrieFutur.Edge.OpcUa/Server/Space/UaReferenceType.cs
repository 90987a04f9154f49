using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A type of references (OPC UA Part 3, 5.3).</summary>
public sealed class UaReferenceType(NodeId id, QualifiedName browseName) : UaType(id, browseName)
{
    public bool Symmetric { get; init; }

    /// <summary>What the reference is called from the other end; null text for symmetric and some abstract ones.</summary>
    public LocalizedText InverseName { get; init; }

    public override NodeClass NodeClass => NodeClass.ReferenceType;

    private protected override DataValue? ClassAttribute(uint attributeId) => attributeId switch
    {
        AttributeIds.IsAbstract => Answer(Variant.Of(IsAbstract)),
        AttributeIds.Symmetric => Answer(Variant.Of(Symmetric)),
        AttributeIds.InverseName when InverseName.Text is not null => Answer(Variant.Of(InverseName)),
        _ => null,
    };
}
