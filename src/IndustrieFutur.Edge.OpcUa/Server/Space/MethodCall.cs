using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A client's call of a method on an object, its arguments counted and of the right types (OPC UA Part 4, 5.11).</summary>
public readonly record struct MethodCall(UaNode Object, UaMethod Method, IReadOnlyList<Variant> Arguments, Caller Caller);
