namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>Body of <c>head</c>: how far each stream of this edge reaches. Once a second and at each change of state.</summary>
public sealed record HeadMessage(IReadOnlyList<StreamHead> Streams);
