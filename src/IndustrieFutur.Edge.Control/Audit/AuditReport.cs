namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>What a look through an audit found.</summary>
/// <param name="Lines">How many are in order.</param>
/// <param name="First">The first line's number; 0: there is none.</param>
/// <param name="Last">The last one's.</param>
/// <param name="HeadHash">Its hash; 64 zeros: there is none.</param>
/// <param name="Gone">Up to which number lines went to make room; 0: none.</param>
/// <param name="OpenOrders">Orders without an outcome that run just now, or whose outcome the next start will write.</param>
/// <param name="TornBytes">Of a last line that is being written, or that a crash tore; the next start sets it aside.</param>
/// <param name="Findings">What is wrong, in the order of the files.</param>
/// <param name="MoreFindings">How many more there are.</param>
public sealed record AuditReport(
    long Lines, long First, long Last, string HeadHash, long Gone, IReadOnlyList<long> OpenOrders, int TornBytes, IReadOnlyList<AuditFinding> Findings, long MoreFindings);
