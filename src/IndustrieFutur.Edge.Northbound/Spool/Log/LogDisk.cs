using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core.Disks;

namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>The real disk.</summary>
internal sealed class LogDisk : ILogDisk
{
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

    /// <summary>A folder for this user alone, unless there is one.</summary>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>What the operating system said last, as an exception with its words.</summary>
    public static IOException Failed(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of {path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    private static void SyncFolder(string folder)
    {
        if (FolderSync.Sync(folder) is { } failed)
        {
            throw new IOException(failed.Text, failed.Error);
        }
    }
}
