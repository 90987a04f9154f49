namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>A file of the audit being written: the disk, or one that fails on demand.</summary>
internal interface IAuditFile : IDisposable
{
    /// <summary>Throws when it is no longer the file that its name leads to, or another program has made it longer or shorter.</summary>
    /// <param name="length">What it has to have; null: a write has failed, and nobody knows.</param>
    void Require(long? length);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    void Sync();

    void CutAt(long length);
}
