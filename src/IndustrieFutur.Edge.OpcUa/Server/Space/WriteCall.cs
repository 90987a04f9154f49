using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>A client's Write of a variable's value, checked against its data type and with the index range already worked in.</summary>
public readonly record struct WriteCall(UaVariable Variable, DataValue Value, Caller Caller);
