using IndustrieFutur.Edge.OpcUa.Server.Services;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>One field that a client wants of each event (SimpleAttributeOperand, OPC UA Part 4, 7.7.4.5).</summary>
/// <param name="Type">The event type that has it; null or BaseEventType = whichever has it.</param>
/// <param name="Key">Its path.</param>
/// <param name="AttributeId">Value, or another attribute of the declaration.</param>
/// <param name="Declaration">The field on the event type, or the type itself for an empty path.</param>
/// <param name="Range">Which part of the value; null = all.</param>
internal sealed record SelectClause(NodeId Type, string Key, uint AttributeId, UaNode Declaration, IndexRange? Range)
{
    /// <summary>Null when the event has no such field.</summary>
    public Variant Of(UaEvent happened, AddressSpace space)
    {
        if (!IsOfType(happened, space))
        {
            return Variant.Null;
        }

        return AttributeId switch
        {
            AttributeIds.Value => Ranged(happened.Field(Key)),
            AttributeIds.NodeId when Key.Length == 0 => happened.ConditionId.IsNull ? Variant.Null : Variant.Of(happened.ConditionId),
            _ => Declaration.Attribute(AttributeId).Value,
        };
    }

    private bool IsOfType(UaEvent happened, AddressSpace space) =>
        Type.IsNull || Type == new NodeId(0, NodeIds.BaseEventType) || space.IsSubtype(happened.EventType, Type);

    private Variant Ranged(Variant value)
    {
        if (Range is null || value.IsNull)
        {
            return value;
        }

        return Range.TryRead(value, out var part) == StatusCodes.Good ? part : Variant.Null;
    }
}
