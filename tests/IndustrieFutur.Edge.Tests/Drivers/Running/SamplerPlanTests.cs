using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Tests.App.Configuration;

namespace IndustrieFutur.Edge.Tests.Drivers.Running;

/// <summary>What the service writes for its sampler comes back whole, for every driver that is configured anywhere in this project.</summary>
public sealed class SamplerPlanTests
{
    public static TheoryData<string> Files => [.. ProjectConfigurations.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_plan_that_was_read_is_the_plan_that_was_written(string file)
    {
        var configuration = Load(File.ReadAllText(Path.Combine(ProjectConfigurations.Root, file)), file);
        var json = new SamplerBlock(configuration).PlanJson;

        var plan = SamplerPlan.Of(json);

        Assert.Equal(System.Text.Encoding.UTF8.GetString(json), System.Text.Encoding.UTF8.GetString(plan.ToJson()));
        var (ours, theirs) = (LinkSet.LinksOf(configuration), plan.Links());
        Assert.Equal(ours.Select(link => (link.Name, link.Kind)), theirs.Select(link => (link.Name, link.Kind)));
        Assert.Equal(HotSide.BytesNeeded(configuration.Plan, ours, plan.RingSamples), HotSide.BytesNeeded(plan.Cell, theirs, plan.RingSamples));
    }

    [Fact]
    public void Every_driver_that_runs_apart_has_been_read_so()
    {
        var seen = ProjectConfigurations.All.SelectMany(file => Load(File.ReadAllText(Path.Combine(ProjectConfigurations.Root, file)), file).Options.Devices.Values).Select(device => device.Driver);

        Assert.Empty(DriverCatalog.All.Where(kind => kind.RunsApart && !kind.IsDerived).Select(kind => kind.Name).Except(seen));
    }

    [Theory]
    [InlineData("\"host\": \"127.0.0.1\"", "\"host\": \"127.0.0.2\"")]
    [InlineData("holding:0", "holding:1")]
    [InlineData("\"tick\": \"5ms\"", "\"tick\": \"6ms\"")]
    public void A_sampler_is_known_by_everything_that_it_does(string was, string becomes)
    {
        const string Written = """
            {
              "group": "g", "edge": "e", "sampling": { "tick": "5ms" },
              "devices": { "plc": { "driver": "modbus", "tcp": { "host": "127.0.0.1", "port": 502 }, "unit": 1, "addressBase": 0,
                "groups": { "all": { "interval": "50ms", "signals": { "r": { "address": "holding:0", "type": "u16" } } } } } },
              "sinks": { "site": { "sink": "mqtt", "url": "mqtt://127.0.0.1:1883", "historians": ["h1"] } },
              "historians": { "h1": { "store": "embedded" } }
            }
            """;

        Assert.Contains(was, Written, StringComparison.Ordinal);
        Assert.Equal(HashOf(Written), HashOf(Written));
        Assert.NotEqual(HashOf(Written), HashOf(Written.Replace(was, becomes, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_data_folder_has_the_same_block_however_it_is_written()
    {
        Assert.Equal(SamplerPlan.BlockOf("/var/lib/ifedge"), SamplerPlan.BlockOf("/var/lib/../lib/ifedge/"));
        Assert.NotEqual(SamplerPlan.BlockOf("/var/lib/ifedge"), SamplerPlan.BlockOf("/var/lib/ifedge2"));
    }

    private static ulong HashOf(string written) => new SamplerBlock(Load(written, "edge.json")).PlanHash;

    private static EdgeConfiguration Load(string written, string file)
    {
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, Path.GetFileName(file));
        File.WriteAllText(path, written);
        var reading = EdgeConfiguration.Load(path, DriverCatalog.All, new Dictionary<string, string>());
        Assert.Empty(reading.Mistakes.Select(mistake => mistake.ToString()));
        return reading.Configuration!;
    }

    /// <summary>One name for all, or the data folder of each would be another.</summary>
    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"edge-sampler-plan-{Environment.ProcessId}")).FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
