namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>Where the gate writes each decision first.</summary>
internal interface IAuditWriter
{
    /// <summary>Appends a line and returns its number; on the disk when this returns, if so asked.</summary>
    /// <exception cref="AuditException">It cannot be written; nothing was added.</exception>
    long Append(AuditRecord record, bool sync);
}
