namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>A text for people with its language; both may be null.</summary>
internal readonly record struct TableText(string? Locale, string? Text);
