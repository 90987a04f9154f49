namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>How much a stream keeps in memory, and for whom.</summary>
internal sealed record SpoolTerms(int SamplesPerDevice, IReadOnlyList<SpoolOutlet> Outlets);
