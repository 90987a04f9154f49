namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>Something wrong with an audit, and where.</summary>
/// <param name="Fault">What.</param>
/// <param name="Place">The line; line 0: the file as a whole.</param>
/// <param name="Text">A sentence.</param>
public sealed record AuditFinding(AuditFault Fault, AuditPlace Place, string Text);
