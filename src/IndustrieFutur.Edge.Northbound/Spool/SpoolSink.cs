namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>One of those that a spool is emptied into: its name, whose word frees a sample, and of which historians.</summary>
public sealed record SpoolSink(string Id, Confirm Confirm, IReadOnlyList<string> Historians);
