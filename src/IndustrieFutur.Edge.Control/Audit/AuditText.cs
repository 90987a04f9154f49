namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>A line of the audit as it stands in its file.</summary>
/// <param name="Place">Where.</param>
/// <param name="Bytes">Without the end of the line.</param>
/// <param name="IsEnded">An end of line follows; without one a crash or a power cut tore it, or it is being written just now.</param>
internal sealed record AuditText(AuditPlace Place, ReadOnlyMemory<byte> Bytes, bool IsEnded);
