namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>A file of the audit as its writer knows it.</summary>
/// <param name="Index">Of its name.</param>
/// <param name="Last">The number of its last line.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record AuditFileInfo(int Index, long Last, long Bytes);
