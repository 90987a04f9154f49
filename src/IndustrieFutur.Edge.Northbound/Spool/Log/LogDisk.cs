using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>The real disk.</summary>
internal sealed partial class LogDisk : ILogDisk
{
    private const int ReadOnlyAndDirectory = 0x1_0000;

    public ILogFile Create(string path, long bytes)
    {
        var file = new LogFile(path, bytes);
        try
        {
            SyncFolder(Path.GetDirectoryName(path)!);
            return file;
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    public void Delete(string path) => File.Delete(path);

    public long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>What the operating system said last, as an exception with its words.</summary>
    public static IOException Failed(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of {path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>A new file's name is itself data of its folder, which a power cut can take (fsync(2), "Notes").</summary>
    private static void SyncFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnlyAndDirectory);
        if (descriptor < 0)
        {
            throw Failed("open", folder);
        }

        var failed = Sync(descriptor) != 0 ? Failed("fsync", folder) : null;
        _ = Close(descriptor);
        if (failed is not null)
        {
            throw failed;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
