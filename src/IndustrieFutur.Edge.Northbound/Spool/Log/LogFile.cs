using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>A segment being written, on a real disk.</summary>
internal sealed partial class LogFile(string path, long bytes) : ILogFile
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, FileOptions.None, bytes);

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

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);
}
