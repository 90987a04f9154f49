using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.Tests.Control.Audit;

/// <summary>A real file on a disk that is full, or fails to sync, on demand.</summary>
internal sealed class FailingFile(string path, FailingFile.Disk disk) : IAuditFile
{
    private readonly AuditFile _file = new(path);

    public void Require(long? length) => _file.Require(length);

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        // Half of what is written arrives, then the disk is full.
        _file.Write(disk.IsFull ? bytes[..(bytes.Length / 2)] : bytes, offset);
        if (disk.IsFull)
        {
            throw new IOException("No space left on device", 28);
        }
    }

    public void Sync()
    {
        if (disk.RefusesSync)
        {
            throw new IOException("Input/output error", 5);
        }

        disk.Syncs++;
        _file.Sync();
    }

    public void CutAt(long length) => _file.CutAt(length);

    public void Dispose() => _file.Dispose();

    /// <summary>How it is just now.</summary>
    internal sealed class Disk
    {
        public bool IsFull { get; set; }

        public bool RefusesSync { get; set; }

        public int Syncs { get; set; }
    }
}
