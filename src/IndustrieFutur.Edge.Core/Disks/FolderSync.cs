using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Disks;

/// <summary>Brings the names in a folder to the disk: a new file's name is itself data of its folder, which a power cut can take (fsync(2), "Notes").</summary>
public static partial class FolderSync
{
    private const int ReadOnlyAndDirectory = 0x1_0000;

    /// <summary>Null when they are there, else what the operating system says and its number. Elsewhere than on Linux there is nothing to do.</summary>
    public static (string Text, int Error)? Sync(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var descriptor = Open(folder, ReadOnlyAndDirectory);
        if (descriptor < 0)
        {
            return Failed("open", folder);
        }

        var failed = Sync(descriptor) != 0 ? Failed("fsync", folder) : ((string, int)?)null;
        _ = Close(descriptor);
        return failed;
    }

    private static (string Text, int Error) Failed(string call, string folder)
    {
        var error = Marshal.GetLastPInvokeError();
        return ($"{call} of {folder}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
