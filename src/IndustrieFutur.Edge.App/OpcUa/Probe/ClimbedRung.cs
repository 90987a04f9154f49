namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>A rung that was tried, and how long that took.</summary>
internal sealed record ClimbedRung(string Name, TimeSpan Took, RungAnswer Answer);
