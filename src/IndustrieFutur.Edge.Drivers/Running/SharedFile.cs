using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>
/// What a file that two processes share must be before one of them believes it: a file, of the same user. /dev/shm is open to everybody,
/// and the names in it can be guessed.
/// </summary>
public static unsafe partial class SharedFile
{
    private const int PathBytesMax = 4_096;
    private const int Here = -100;
    private const int NotThroughLinks = 0x100;
    private const uint TypeAndOwner = 0x1 | 0x8;
    private const ushort TypeMask = 0xF000;
    private const ushort RegularFile = 0x8000;

    /// <summary>Throws <see cref="IOException"/>, with who it belongs to and what to do, unless it is a file of this user.</summary>
    public static void Demand(string file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        FileStatus status;
        if (Status(Here, file, NotThroughLinks, TypeAndOwner, &status) != 0)
        {
            throw new FileNotFoundException($"{file} is not there, or this user may not look at it.", file);
        }

        if ((status.Mode & TypeMask) != RegularFile)
        {
            throw new IOException($"{file} is no file: somebody has put something else in its place. Remove it: rm -r {file}");
        }

        var own = OwnUser();
        if (status.User != own)
        {
            throw new IOException($"{file} belongs to another user (uid {status.User}; this process runs as {own}), so it is not believed. Is another ifedge running as that user? If not: sudo rm {file}*");
        }
    }

    /// <summary>A folder's one name, without links; its full path as it is written where there is no such folder.</summary>
    public static string RealPath(string folder)
    {
        var path = Path.GetFullPath(folder);
        if (!OperatingSystem.IsLinux())
        {
            return path;
        }

        var real = stackalloc byte[PathBytesMax];
        return Resolve(path, real) == null ? path : Marshal.PtrToStringUTF8((nint)real)!;
    }

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial byte* Resolve(string path, byte* resolved);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint OwnUser();

    /// <summary>struct statx: whose it is, and what.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
