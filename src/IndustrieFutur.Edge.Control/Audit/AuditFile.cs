using IndustrieFutur.Edge.Core.Disks;
using Microsoft.Win32.SafeHandles;

namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>A file of the audit on a real disk, for its own user alone.</summary>
internal sealed class AuditFile : IAuditFile
{
    private readonly SafeFileHandle _file;

    public AuditFile(string path)
    {
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            // Empty: new, or its folder could not be synced the time before.
            if (RandomAccess.GetLength(_file) == 0 && FolderSync.Sync(Path.GetDirectoryName(path)!) is { } failed)
            {
                throw new IOException(failed.Text, failed.Error);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _file.Dispose();
            throw;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_file, bytes, offset);

    public void Sync() => RandomAccess.FlushToDisk(_file);

    public void CutAt(long length) => RandomAccess.SetLength(_file, length);

    public void Dispose() => _file.Dispose();
}
