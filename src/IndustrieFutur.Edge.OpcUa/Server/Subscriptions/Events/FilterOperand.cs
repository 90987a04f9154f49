using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>What an operator of a where clause works on: a literal, a field of the event, or another element's result (OPC UA Part 4, 7.7.4).</summary>
/// <param name="Literal">When neither of the others is set.</param>
/// <param name="Field">A field, or null.</param>
/// <param name="Element">The index of another element, or -1.</param>
internal readonly record struct FilterOperand(Variant Literal, SelectClause? Field, int Element = -1);
