using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>An instance declaration, or the type at its top, that a new node is made from, with what else was made from the same type.</summary>
/// <param name="Node">The declaration or the type.</param>
/// <param name="Made">What was made from each declaration of that one type for that one instance.</param>
/// <param name="ReferenceType">How its parent refers to it.</param>
internal readonly record struct Declaration(UaNode Node, Dictionary<UaNode, UaNode> Made, NodeId ReferenceType = default);
