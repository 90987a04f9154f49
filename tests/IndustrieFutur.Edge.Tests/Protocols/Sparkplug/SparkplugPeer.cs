using System.Diagnostics;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Tests.Protocols.Sparkplug;

/// <summary>The foreign Sparkplug decoder of tests/peers/sparkplug, installed once for a run of the tests. A test that needs it and cannot have it fails.</summary>
internal static class SparkplugPeer
{
    /// <summary>The script gives npm two minutes, and whoever installs at the same time as long.</summary>
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <summary>It decodes ten thousand payloads a second and more.</summary>
    private static readonly TimeSpan DecodeLimit = TimeSpan.FromMinutes(1);

    private static readonly string Sources = Path.Combine(Root(), "tests", "peers", "sparkplug");

    private static readonly Lazy<Task<string>> Folder = new(async () =>
        (await RunAsync("bash", [Path.Combine(Sources, "install")], "", "", InstallLimit, CancellationToken.None)).Trim());

    /// <summary>What the foreign decoder sees in each payload; it throws, and the test fails, at one that it cannot read.</summary>
    public static async Task<IReadOnlyList<JsonNode>> DecodeAsync(IEnumerable<byte[]> payloads, CancellationToken cancellationToken)
    {
        var input = string.Join('\n', payloads.Select(Convert.ToHexString));
        var modules = Path.Combine(await Folder.Value, "node_modules");
        var output = await RunAsync("node", [Path.Combine(Sources, "decode.js")], input, modules, DecodeLimit, cancellationToken);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static async Task<string> RunAsync(
        string program, string[] arguments, string input, string modules, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = modules },
        };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(ending.Token), process.StandardError.ReadToEndAsync(ending.Token));
            await process.StandardInput.WriteAsync(input.AsMemory(), ending.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(ending.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {limit.TotalMinutes} minutes.");
        }
    }

    /// <summary>The folder that holds the solution.</summary>
    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IndustrieFutur.Edge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }
}
