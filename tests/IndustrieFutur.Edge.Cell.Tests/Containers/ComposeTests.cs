using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Containers;

/// <summary>docker-compose.yml is a cell that works: what the simulated PLC says arrives in the store.</summary>
public sealed class ComposeTests
{
    /// <summary>Four containers start in 10 s; the rest is for a machine that does other things too.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_composed_cell_brings_every_signal_of_the_PLC_into_the_store()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var project = await FindOrSkipAsync(cancellation);
        await PublishAsync(project.Root, cancellation);
        var store = new VictoriaReader(new Uri($"http://127.0.0.1:{project.TsdbPort}"));

        await project.UpAsync(cancellation);

        await UntilStoredAsync(project, store, cancellation);
        Assert.Equal(
            ["plc/conv.motor_current", "plc/conv.running", "plc/conv.speed", "plc/count.total", "plc/packml.state", "plc/plc.heartbeat"],
            (await store.CountBySignalAsync(cancellation)).Keys.Order(StringComparer.Ordinal));
    }

    private static async Task<ComposeProject> FindOrSkipAsync(CancellationToken cancellation)
    {
        var (project, reason) = await ComposeProject.FindAsync(cancellation);
        if (Environment.GetEnvironmentVariable("EDGE_SERVERS") == "container")
        {
            Assert.True(project is not null, $"EDGE_SERVERS asks for containers, but {reason}.");
        }

        Assert.SkipWhen(project is null, $"docker-compose.yml cannot be run here: {reason}.");
        return project!;
    }

    /// <summary>The Dockerfile takes the program as it was published.</summary>
    private static async Task PublishAsync(string root, CancellationToken cancellation)
    {
        var project = Path.Combine(root, "src", "IndustrieFutur.Edge.App");
        var (code, said) = await Tool.RunAsync(
            "dotnet", ["publish", project, "-c", "Release", "-v", "quiet", "-nologo"], new Dictionary<string, string>(), cancellation);
        Assert.True(code == 0, $"dotnet publish ended {code}: {said}");
    }

    private static async Task UntilStoredAsync(ComposeProject project, VictoriaReader store, CancellationToken cancellation)
    {
        try
        {
            // Three samples of each: the first alone could be a lucky start.
            await Until.TrueAsync("three values of each signal", Deadline, async token => await HasThreeOfEachAsync(store, token), cancellation);
        }
        catch (TimeoutException late)
        {
            Assert.Fail($"{late.Message}\n{await project.LogsAsync(cancellation)}");
        }
    }

    private static async Task<bool> HasThreeOfEachAsync(VictoriaReader store, CancellationToken cancellation)
    {
        try
        {
            var points = await store.ReadAllAsync(cancellation);
            var bySignal = points.Where(point => point.Value is not null).GroupBy(point => point.Key).ToList();
            return bySignal.Count == 6 && bySignal.All(signal => signal.Count() >= 3);
        }
        catch (HttpRequestException)
        {
            // The store itself is still starting.
            return false;
        }
    }
}
