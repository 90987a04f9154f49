namespace IndustrieFutur.Edge.Core.Configuration;

/// <summary>One mistake in a configuration: the JSON keys that lead to it, and what to write instead.</summary>
public sealed record Mistake(IReadOnlyList<string> Path, string Message);
