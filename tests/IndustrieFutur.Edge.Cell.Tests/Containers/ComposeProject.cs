using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Containers;

/// <summary>The containers of docker-compose.yml, under names and on ports of their own; gone, with their data, when it is disposed.</summary>
internal sealed class ComposeProject : IAsyncDisposable
{
    private readonly string[] _compose;
    private readonly string _name = $"edge-test-{Environment.ProcessId}";
    private readonly Dictionary<string, string> _environment;

    private ComposeProject(string root, string[] compose)
    {
        Root = root;
        _compose = compose;
        TsdbPort = FreePort.Next();
        _environment = new Dictionary<string, string>
        {
            ["EDGE_TSDB_PORT"] = TsdbPort.ToString(CultureInfo.InvariantCulture),
            ["EDGE_MQTT_PORT"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["EDGE_IMAGE_TAG"] = _name,
        };
    }

    public string Root { get; }

    public int TsdbPort { get; }

    /// <summary>The project, or null with the reason why none can be had here.</summary>
    public static async Task<(ComposeProject? Project, string Reason)> FindAsync(CancellationToken cancellation)
    {
        var (code, said) = await Tool.RunAsync("docker", ["version"], new Dictionary<string, string>(), cancellation);
        if (code != 0)
        {
            return (null, $"no container engine answers ({said.Trim().Split('\n')[^1]})");
        }

        foreach (var compose in new[] { new[] { "docker-compose" }, ["docker", "compose"] })
        {
            (code, _) = await Tool.RunAsync(compose[0], [.. compose[1..], "version"], new Dictionary<string, string>(), cancellation);
            if (code == 0)
            {
                return (new ComposeProject(FindRoot(), compose), "");
            }
        }

        return (null, "docker-compose is not installed (apt-get install docker-compose)");
    }

    public Task<string> UpAsync(CancellationToken cancellation) => RunAsync(["up", "-d", "--build"], cancellation);

    /// <summary>What our own containers have said last, for the message of a test that failed.</summary>
    public Task<string> LogsAsync(CancellationToken cancellation) =>
        RunAsync(["logs", "--no-color", "--tail", "30", "edge", "plc"], cancellation);

    public async ValueTask DisposeAsync()
    {
        // The containers go even when the test was cancelled.
        await RunAsync(["down", "--volumes", "--remove-orphans", "--rmi", "local", "--timeout", "3"], CancellationToken.None);
        await Tool.RunAsync("docker", ["rmi", $"ifedge:{_name}"], _environment, CancellationToken.None);
    }

    private async Task<string> RunAsync(string[] words, CancellationToken cancellation)
    {
        string[] arguments = [.. _compose[1..], "-p", _name, "-f", Path.Combine(Root, "docker-compose.yml"), .. words];
        var (code, said) = await Tool.RunAsync(_compose[0], arguments, _environment, cancellation);
        return code == 0 ? said : throw new InvalidOperationException($"docker-compose {words[0]} ended {code}: {said}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No docker-compose.yml in or above {AppContext.BaseDirectory}.");
    }
}
