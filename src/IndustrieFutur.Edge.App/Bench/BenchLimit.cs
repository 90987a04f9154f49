namespace IndustrieFutur.Edge.App.Bench;

/// <summary>One thing that limits a machine, in both languages, and what to do; empty where nothing helps.</summary>
internal sealed record BenchLimit(string French, string English, string Remedy);
