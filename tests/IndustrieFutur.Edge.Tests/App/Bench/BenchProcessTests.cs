using System.Diagnostics;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App;

namespace IndustrieFutur.Edge.Tests.App.Bench;

/// <summary>A whole bench in a process that the kernel refuses everything: it measures all the same, and says what is missing.</summary>
public sealed class BenchProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ifedge-bench").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_process_without_privileges_measures_and_says_what_it_lacks()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can take privileges away from a child.");
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv") && File.Exists("/usr/bin/prlimit"), "util-linux is not here.");

        var bench = JsonNode.Parse(await RunAsync())!;

        var refused = bench["privileges"]!.AsArray().Where(privilege => (bool)privilege!["asked"]! && !(bool)privilege["granted"]!).ToArray();
        Assert.Equal(["scheduling", "memoryLock"], refused.Select(privilege => (string)privilege!["privilege"]!));
        Assert.All(refused, privilege => Assert.NotEmpty((string)privilege!["lasting"]!));
        Assert.False((bool)bench["calibrated"]!);

        var latencies = bench["latencies"]!.AsArray();
        Assert.Equal(4, latencies.Count);
        Assert.All(latencies, latency => Assert.True((long)latency!["count"]! > 100));
        Assert.True((long)bench["disk"]!["count"]! > 0);
        Assert.Equal(bench.ToJsonString(), (await File.ReadAllTextAsync(Path.Combine(_folder, "bench.json"), TestContext.Current.CancellationToken)).Trim());
    }

    /// <summary>What the bench prints, run as root without CAP_SYS_NICE and CAP_IPC_LOCK and without limits that stand in for them.</summary>
    private async Task<string> RunAsync()
    {
        var program = Path.ChangeExtension(typeof(ExitCode).Assembly.Location, ".dll");
        const string taken = "-sys_nice,-ipc_lock,-sys_resource";
        var start = new ProcessStartInfo("/usr/bin/prlimit") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--rtprio=0", "--memlock=65536", "setpriv", "--bounding-set", taken, "--inh-caps", taken,
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", program, "bench", "--seconds", "5", "--data", _folder, "--json"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode is ExitCode.Done or ExitCode.FoundProblems, $"exit code {process.ExitCode}: {await errors}");
            return output.Trim();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
