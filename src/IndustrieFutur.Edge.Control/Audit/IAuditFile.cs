namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>A file of the audit being written: the disk, or one that fails on demand.</summary>
internal interface IAuditFile : IDisposable
{
    void Write(ReadOnlySpan<byte> bytes, long offset);

    void Sync();

    void CutAt(long length);
}
