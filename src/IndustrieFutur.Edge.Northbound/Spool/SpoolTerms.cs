namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>How much a stream keeps in memory, whose word lets it go, and how fast what is old is sent.</summary>
internal sealed record SpoolTerms(int SamplesPerDevice, Confirm Confirm, IReadOnlyList<string> Historians, ReplayPace Pace);
