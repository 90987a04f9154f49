using DotNet.Testcontainers.Builders;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>
/// A real server for a test, started for it and gone with it. EDGE_SERVERS decides where it runs; where it cannot run at all the
/// test is skipped, with the reason.
/// </summary>
public abstract class RealServer : IAsyncDisposable
{
    private readonly IServerHost _host;

    private protected RealServer(IServerHost host)
    {
        _host = host;
        TestContext.Current.TestOutputHelper?.WriteLine($"server: {host.Description} on port {host.Port}");
    }

    public string HostName => _host.HostName;

    public int Port => _host.Port;

    /// <summary>In which way it runs: "process /usr/sbin/mosquitto" or "container eclipse-mosquitto:2.0".</summary>
    public string Description => _host.Description;

    /// <summary>Where it keeps its data. Only for a server started with StartProcessAsync.</summary>
    private protected string Folder => Process.Folder;

    private ServerProcess Process => _host as ServerProcess
        ?? throw new InvalidOperationException($"A {Description} cannot be killed: start it with StartProcessAsync.");

    /// <summary>kill -9. Only for a server started with StartProcessAsync.</summary>
    public void Kill() => Process.Kill();

    /// <summary>kill -STOP: it stays connected and answers nothing, as a hung machine does. Only for StartProcessAsync.</summary>
    public void Freeze() => Process.Freeze();

    /// <summary>Starts a killed server again, on the same port and the same data.</summary>
    public Task RestartAsync(CancellationToken cancellation) => Process.StartAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static async Task<IServerHost> StartAnywhereAsync(ServerRecipe recipe, CancellationToken cancellation)
    {
        var choice = Choice();
        if (choice == ServerChoice.Process)
        {
            return await StartProcessAsync(recipe, "EDGE_SERVERS=process", cancellation);
        }

        try
        {
            return await ServerContainer.StartAsync(recipe, cancellation);
        }
        catch (DockerUnavailableException reason) when (choice == ServerChoice.Auto)
        {
            return await StartProcessAsync(recipe, reason.Message.Split('\n')[0].Trim(), cancellation);
        }
    }

    private protected static Task<IServerHost> StartAsProcessAsync(ServerRecipe recipe, CancellationToken cancellation) =>
        StartProcessAsync(recipe, "the test kills the server, and a container cannot be killed from here", cancellation);

    private static async Task<IServerHost> StartProcessAsync(ServerRecipe recipe, string whyNoContainer, CancellationToken cancellation)
    {
        var program = ServerProcess.Find(recipe.Program);
        Assert.SkipWhen(
            program is null,
            $"No {recipe.Name} to test against: not in a container ({whyNoContainer}), and the program {recipe.Program} is not "
            + $"installed (apt-get install {recipe.Package}).");
        return await ServerProcess.StartAsync(recipe, program!, cancellation);
    }

    private static ServerChoice Choice()
    {
        var word = Environment.GetEnvironmentVariable("EDGE_SERVERS");
        return word switch
        {
            null or "" or "auto" => ServerChoice.Auto,
            "container" => ServerChoice.Container,
            "process" => ServerChoice.Process,
            _ => throw new InvalidOperationException($"EDGE_SERVERS is '{word}': say auto, container or process."),
        };
    }
}
