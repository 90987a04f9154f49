namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>The audit as the gate writes it. One process owns its folder; any may read it.</summary>
public sealed class AuditLog : IDisposable
{
    /// <summary>Opens the folder's audit or begins one; a torn last line of a crash is cut, a broken chain is an <see cref="AuditException"/>.</summary>
    public AuditLog(string folder, long bytesMax, TimeProvider clock) => throw new NotSupportedException();

    /// <summary>The last line's number; 0: none.</summary>
    public long Head { get; }

    /// <summary>The last line's hash, 64 hexadecimal digits: published, so that a cut tail shows.</summary>
    public string HeadHash { get; } = "";

    /// <summary>All records that are kept, the oldest first.</summary>
    public IEnumerable<AuditRecord> ReadAll() => throw new NotSupportedException();

    /// <summary>Appends a line and returns its number; on the disk when this returns, if so asked. Thread-safe.</summary>
    /// <exception cref="AuditException">It cannot be written; nothing was added.</exception>
    public long Append(AuditRecord record, bool sync) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
