namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>One browse name of a path.</summary>
internal sealed record OpcUaPathStep(string NamespaceUri, string Name);
