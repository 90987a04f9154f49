using System.Text.Json;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Tests.App.Configuration;

namespace IndustrieFutur.Edge.Tests.Drivers.Running;

/// <summary>The plan that a service writes for its sampler says there what it says here: links, signals, compiled expressions, block.</summary>
public sealed class SamplerPlanTests
{
    [Theory]
    [InlineData("demo.json")]
    [InlineData("edge.json")]
    [InlineData("examples/derived.json")]
    public void A_plan_that_was_written_and_read_makes_the_same_hot_side(string file)
    {
        var configuration = EdgeConfiguration
            .Load(Path.Combine(ProjectConfigurations.Root, "config", file), DriverCatalog.All, new Dictionary<string, string>())
            .Configuration!;
        var links = LinkSet.LinksOf(configuration);
        var written = new SamplerPlan
        {
            Cell = configuration.Plan,
            Devices = links.SelectMany(link => link.Devices).ToDictionary(device => device.Plan.Id, device => SamplerPlan.DeviceOf(device.Options)),
            RingSamples = 1_024,
            BaseFolder = "/",
            Tick = TimeSpan.FromMilliseconds(2),
            SpinNanos = 40_000,
            RealTime = new RealTimeSettings { Priority = 70, Cpu = 1 },
        };
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, written.ToJson());
        var read = SamplerPlan.Read(path);
        File.Delete(path);

        Assert.Equal(links.Select(link => (link.Kind, link.Name)), read.Links().Select(link => (link.Kind, link.Name)));
        Assert.Equal(Json(links), Json(read.Links()));
        Assert.Equal(JsonSerializer.Serialize(written.Cell.Signals.Select(signal => signal with { Derived = null })), JsonSerializer.Serialize(read.Cell.Signals.Select(signal => signal with { Derived = null })));
        Assert.Equal(written.Cell.Signals.Select(signal => signal.Derived?.Value?.ToBytes()), read.Cell.Signals.Select(signal => signal.Derived?.Value?.ToBytes()));
        Assert.Equal(
            HotSide.BytesNeeded(configuration.Plan, links, written.RingSamples), HotSide.BytesNeeded(read.Cell, read.Links(), read.RingSamples));
        Assert.Equal((written.Cell.Hash, written.RealTime, 40_000), (read.Cell.Hash, read.RealTime, read.Pace().Guard.Nanos));
    }

    private static IEnumerable<string> Json(IReadOnlyList<LinkPlan> links) =>
        links.SelectMany(link => link.Devices).Select(device => JsonSerializer.Serialize(device.Options, device.Options.GetType()));
}
