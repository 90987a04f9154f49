using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>One reference as its source sees it (OPC UA Part 3, 4.3.4): its type, which way it points, and the node at the other end.</summary>
public readonly record struct UaReference(NodeId Type, bool IsForward, UaNode Target);
