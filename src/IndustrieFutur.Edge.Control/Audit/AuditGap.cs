namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>Numbers that an audit lacks so far.</summary>
/// <param name="Place">The line after them.</param>
/// <param name="Missing">Those that have not come since.</param>
internal sealed record AuditGap(AuditPlace Place, SortedSet<long> Missing);
