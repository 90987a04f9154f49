using System.Diagnostics;
using System.Globalization;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The folder where an edge keeps its files: its own, for one process at a time.</summary>
internal static class DataDirectory
{
    private const string Lock = ".lock";

    /// <summary>Who holds the lock: a file of its own, because the locked one cannot be read by others.</summary>
    private const string Owner = ".pid";

    /// <summary>EWOULDBLOCK as .NET hands it on (Linux), and ERROR_SHARING_VIOLATION (Windows).</summary>
    private static readonly int[] HeldByAnother = [11, unchecked((int)0x8007_0020)];

    /// <summary>EROFS as .NET hands it on.</summary>
    private const int ReadOnly = 30;

    /// <summary>ENOSPC as .NET hands it on.</summary>
    private const int DiskFull = 28;

    /// <summary>
    /// Makes the folder if need be (for this user alone) and holds it until the result is disposed. Throws
    /// <see cref="VerbFailedException"/> when it cannot be written, or another process holds it.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">What of it is held: nothing for the edge's own, else a name for what a process beside the edge holds.</param>
    public static FileStream Own(string folder, string part = "")
    {
        try
        {
            Make(folder);
            var held = new FileStream(Path.Combine(folder, part + Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            SayWho(folder, part);
            return held;
        }
        catch (IOException cause) when (Array.IndexOf(HeldByAnother, cause.HResult) >= 0)
        {
            throw new VerbFailedException(
                ExitCode.RefusedByRule,
                $"another ifedge{Who(folder, part)} uses the data folder {folder}; two would spoil each other's samples, so this one was not started. Stop that one, or give this one its own \"data\"");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailedException(
                ExitCode.CannotConnect, $"the data folder {folder} cannot be written, so no sample could be kept there and nothing was started: {Hindrance(folder, cause)}");
        }
    }

    /// <summary>What stands in the way and what to do, without a full stop.</summary>
    internal static string Hindrance(string folder, Exception cause) => cause switch
    {
        IOException { HResult: ReadOnly } =>
            "its file system is mounted read-only. Mount it writable (mount -o remount,rw); if it was so, the disk may have failed: see dmesg. Or point \"data\" elsewhere",
        IOException { HResult: DiskFull } => "its disk is full. Make room there, or point \"data\" elsewhere",
        UnauthorizedAccessException => $"the user {Environment.UserName} may not write there. Give that user the right (chown, chmod), or point \"data\" elsewhere",
        _ when File.Exists(folder) => "it is a file and no folder. Move the file away, or point \"data\" elsewhere",
        _ => $"{cause.Message.TrimEnd('.')}. Mend that, or point \"data\" elsewhere",
    };

    /// <summary>
    /// Whether an edge works with the folder now: its process lives and holds the lock. Nothing is locked for it that a starting one needs:
    /// the lock is only tried when its holder has written who it is.
    /// </summary>
    public static bool IsInUse(string folder)
    {
        if (Who(folder, "").Length == 0)
        {
            return false;
        }

        try
        {
            using var free = new FileStream(Path.Combine(folder, Lock), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException cause) when (Array.IndexOf(HeldByAnother, cause.HResult) >= 0)
        {
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>It helps a person; a full disk is no reason not to start.</summary>
    private static void SayWho(string folder, string part)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder, part + Owner), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Then the sentence names nobody.
        }
    }

    /// <summary>" (process 1234)", or nothing when that is not known for sure.</summary>
    private static string Who(string folder, string part)
    {
        try
        {
            var pid = int.Parse(File.ReadAllText(Path.Combine(folder, part + Owner)), NumberStyles.None, CultureInfo.InvariantCulture);
            using var owner = Process.GetProcessById(pid);
            return string.Create(CultureInfo.InvariantCulture, $" (process {pid})");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException or OverflowException or ArgumentException)
        {
            return "";
        }
    }

    /// <summary>Makes the folder if need be, for this user alone.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
