using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>A variable of the server's own, and where it was found.</summary>
internal sealed record FoundVariable(NodeId Node, string Id, string Path);
