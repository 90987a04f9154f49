using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>One operator of a where clause with its operands (ContentFilterElement, OPC UA Part 4, 7.7.1).</summary>
internal readonly record struct WhereElement(FilterOperator Operator, FilterOperand[] Operands);
