namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>Where a line of the audit stands.</summary>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Line">From 1.</param>
public readonly record struct AuditPlace(string File, int Line);
