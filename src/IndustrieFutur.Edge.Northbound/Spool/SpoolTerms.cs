namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>How much a stream keeps, and whose word lets it go.</summary>
internal sealed record SpoolTerms(int SamplesPerDevice, Confirm Confirm, IReadOnlyList<string> Historians);
