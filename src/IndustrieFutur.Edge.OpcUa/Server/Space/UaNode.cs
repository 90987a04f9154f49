using System.Collections.Immutable;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A node of the address space with the attributes that every class of node has (OPC UA Part 3, 5.2).</summary>
/// <remarks>
/// Names and texts are set before the node is added and stay. References change by the address space only, which swaps the whole array:
/// whoever reads holds an array that nobody changes.
/// </remarks>
public abstract class UaNode
{
    private volatile UaReference[] _references = [];

    private protected UaNode(NodeId id, QualifiedName browseName)
    {
        Id = id;
        BrowseName = browseName;
        DisplayName = new LocalizedText(null, browseName.Name);
    }

    public NodeId Id { get; }

    public abstract NodeClass NodeClass { get; }

    public QualifiedName BrowseName { get; }

    public LocalizedText DisplayName { get; init; }

    /// <summary>Null text: the node has no Description, which is an optional attribute.</summary>
    public LocalizedText Description { get; init; }

    /// <summary>Both directions, in the order in which they were added.</summary>
    public ImmutableArray<UaReference> References => ImmutableCollectionsMarshal.AsImmutableArray(_references);

    /// <summary>The target of the HasTypeDefinition reference; null for types and methods.</summary>
    public UaNode? TypeDefinition => Forward(NodeIds.HasTypeDefinition);

    /// <summary>Mandatory, Optional or a placeholder for an instance declaration, else null (OPC UA Part 3, 6.4.4).</summary>
    public UaNode? ModellingRule => Forward(NodeIds.HasModellingRule);

    /// <summary>One attribute as the Read service answers it; BadAttributeIdInvalid for one that this node does not have.</summary>
    public DataValue Attribute(uint attributeId) => attributeId switch
    {
        AttributeIds.NodeId => Answer(Variant.Of(Id)),
        AttributeIds.NodeClass => Answer(Variant.Of((int)NodeClass)),
        AttributeIds.BrowseName => Answer(Variant.Of(BrowseName)),
        AttributeIds.DisplayName => Answer(Variant.Of(DisplayName)),
        AttributeIds.Description when Description.Text is not null => Answer(Variant.Of(Description)),
        AttributeIds.WriteMask or AttributeIds.UserWriteMask => Answer(Variant.Of(0u)),
        _ => ClassAttribute(attributeId) ?? Refusal(StatusCodes.BadAttributeIdInvalid),
    };

    public override string ToString() => $"{NodeClass} {BrowseName} ({Id})";

    internal static DataValue Refusal(uint status) => new() { Status = status, Fields = DataValueFields.Status };

    /// <summary>For the address space, under its lock.</summary>
    internal void SetReferences(UaReference[] references) => _references = references;

    private protected static DataValue Answer(Variant value) => new(value);

    /// <summary>An attribute that only this class of node has; null = not had.</summary>
    private protected abstract DataValue? ClassAttribute(uint attributeId);

    private UaNode? Forward(uint referenceType)
    {
        foreach (var reference in _references)
        {
            if (reference.IsForward && reference.Type == new NodeId(0, referenceType))
            {
                return reference.Target;
            }
        }

        return null;
    }
}
