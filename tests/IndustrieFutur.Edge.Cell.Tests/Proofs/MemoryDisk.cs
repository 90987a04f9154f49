using System.Diagnostics;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A small disk in memory, put over a folder with what that holds, which a proof may fill up. Only root can.</summary>
internal sealed class MemoryDisk : IDisposable
{
    private readonly string _folder;

    private MemoryDisk(string folder) => _folder = folder;

    private string Ballast => Path.Combine(_folder, "somebody-elses.log");

    /// <summary>Null: this user, or this container, may not mount a disk.</summary>
    public static MemoryDisk? TryMount(string folder, string size)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var files = Directory.GetFiles(folder).ToDictionary(path => path, File.ReadAllBytes);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={size}", "none", folder) != 0)
        {
            return null;
        }

        foreach (var (path, bytes) in files)
        {
            File.WriteAllBytes(path, bytes);
        }

        return new MemoryDisk(folder);
    }

    /// <summary>A file of somebody else takes all that is left; what is begun of a page stays with the file that has it.</summary>
    public void FillUp()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var page = new byte[Environment.SystemPageSize];
        try
        {
            while (true)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void Dispose() => Run("umount", "-l", _folder);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
