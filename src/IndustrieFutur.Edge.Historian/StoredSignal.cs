namespace IndustrieFutur.Edge.Historian;

/// <summary>A signal that the embedded store knows.</summary>
/// <param name="Cell">Group and edge, as <c>group/edge</c>.</param>
/// <param name="Type">float64, int64, uint64, boolean or text.</param>
public sealed record StoredSignal(long Id, string Cell, string Device, string Signal, string Type, string Unit);
