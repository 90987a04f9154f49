using System.Diagnostics;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// A small ext4 disk of its own in an image file, which a proof may fill up, make read-only under open files as Linux does after errors, and mount
/// anew. Root only; others skip, and say so.
/// </summary>
internal sealed class LoopDisk : IDisposable
{
    private readonly string _image;

    private LoopDisk(string image, string folder)
    {
        _image = image;
        Folder = folder;
    }

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "somebody-elses.log");

    public static LoopDisk Mount(string image, string folder, long bytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root mounts a disk that may be filled up.");
        Directory.CreateDirectory(folder);
        using (var file = File.Create(image))
        {
            file.SetLength(bytes);
        }

        Assert.Equal(0, Run("mkfs.ext4", "-q", "-F", "-m", "0", image));
        Assert.SkipUnless(Run("mount", "-o", "loop", image, folder) == 0, "This container may not mount a disk.");
        return new LoopDisk(image, folder);
    }

    /// <summary>A file of somebody else takes all that is left but for some bytes.</summary>
    public void FillUp()
    {
        using var file = new FileStream(Ballast, FileMode.Append);
        var some = new byte[1 << 16];
        try
        {
            while (true)
            {
                file.Write(some);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    /// <summary>As ext4 does by itself after an error: from now on nothing can be written, by whomever it is open.</summary>
    public void BecomeReadOnly() => Assert.Equal(0, Run("mount", "-o", "remount,abort", Folder));

    /// <summary>As a person would: out, checked, in again. False: somebody still has a file of it open.</summary>
    public bool TryMend()
    {
        if (Run("umount", Folder) != 0)
        {
            return false;
        }

        Run("e2fsck", "-p", _image);
        Assert.Equal(0, Run("mount", "-o", "loop", _image, Folder));
        return true;
    }

    public void Dispose() => Run("umount", "-l", "-d", Folder);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
