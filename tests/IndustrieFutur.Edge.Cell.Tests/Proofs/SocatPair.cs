using System.Diagnostics;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Two pseudo-terminals joined by socat, as two ports on one cable: one for a foreign program, one for us.</summary>
internal sealed class SocatPair : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private SocatPair(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    public string Master => Path.Combine(_folder, "a");

    public string Slave => Path.Combine(_folder, "b");

    public static async Task<SocatPair> OpenAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("edge-socat-").FullName;
        var process = Process.Start(new ProcessStartInfo("socat", [$"pty,raw,echo=0,link={folder}/a", $"pty,raw,echo=0,link={folder}/b"]))!;
        var pair = new SocatPair(process, folder);
        await Until.TrueAsync("socat's pseudo-terminals", TimeSpan.FromSeconds(5), () => File.Exists(pair.Master) && File.Exists(pair.Slave), cancellation);
        return pair;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
