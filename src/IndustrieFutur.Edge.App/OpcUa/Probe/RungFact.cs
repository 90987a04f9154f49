namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>A fact that a rung found: "thumbprint" and its value.</summary>
internal readonly record struct RungFact(string Name, string Value);
