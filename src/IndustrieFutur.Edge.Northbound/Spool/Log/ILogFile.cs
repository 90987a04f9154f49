namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>A segment being written. Its methods throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
internal interface ILogFile : IDisposable
{
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Returns when everything written survives a cut of the power.</summary>
    void Sync();

    /// <summary>Gives back what was preallocated and not used.</summary>
    void CutAt(long length);
}
