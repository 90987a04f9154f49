using System.Diagnostics;

namespace IndustrieFutur.Edge.Tests.Northbound.Log;

/// <summary>A small disk of its own, which a test may fill or make read-only. Root only; others skip, and say so.</summary>
internal sealed class Tmpfs : IDisposable
{
    private Tmpfs(string folder) => Folder = folder;

    public string Folder { get; }

    public static Tmpfs Mount(long bytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root mounts a disk that may be filled up.");
        var folder = Directory.CreateTempSubdirectory("tmpfs-").FullName;
        var code = Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", folder);
        Assert.SkipUnless(code == 0, "This container may not mount a tmpfs.");
        return new Tmpfs(folder);
    }

    public void Remount(string mode) => Assert.Equal(0, Run("mount", "-o", $"remount,{mode}", Folder));

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
