using IndustrieFutur.Edge.Core.Disks;
using Microsoft.Win32.SafeHandles;

namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>A file of the audit on a real disk, for its own user alone.</summary>
internal sealed class AuditFile : IAuditFile
{
    private readonly SafeFileHandle _file;
    private readonly string _name;
    private readonly string? _place;

    public AuditFile(string path)
    {
        _name = Path.GetFileName(path);
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

        _place = Place();
    }

    public void Require(long? length)
    {
        if (Place() != _place)
        {
            throw new IOException($"its file {_name} was deleted, moved or replaced while the service runs; put it back if you have it, keep what is there, and start the service again");
        }

        if (length is { } known && RandomAccess.GetLength(_file) != known)
        {
            throw new IOException($"another program has changed its file {_name} while the service runs; keep a copy of it, and start the service again");
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_file, bytes, offset);

    public void Sync() => RandomAccess.FlushToDisk(_file);

    public void CutAt(long length) => RandomAccess.SetLength(_file, length);

    public void Dispose() => _file.Dispose();

    /// <summary>Where the open file lies now, by the kernel; one that was deleted, or over which another was renamed, says so (proc(5)). Null: not on Linux.</summary>
    private string? Place() => OperatingSystem.IsLinux() ? new FileInfo($"/proc/self/fd/{_file.DangerousGetHandle()}").LinkTarget : null;
}
