using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>A segment being written, on a real disk.</summary>
internal sealed partial class LogFile(string path, long bytes) : ILogFile
{
    private readonly SafeFileHandle _file = Create(path, bytes);

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_file, bytes, offset);

    public void Sync()
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(_file);
        }
        else if (DataSync(_file) != 0)
        {
            throw LogDisk.Failed("fdatasync", path);
        }
    }

    public void CutAt(long length) => RandomAccess.SetLength(_file, length);

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// What a cell measured is for its own user alone. It has its whole length at once, so that one that ends with its last record was closed
    /// in order, or cut off.
    /// </summary>
    private static SafeFileHandle Create(string path, long bytes)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, FileOptions.None, bytes);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        RandomAccess.SetLength(file, bytes);
        return file;
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);
}
