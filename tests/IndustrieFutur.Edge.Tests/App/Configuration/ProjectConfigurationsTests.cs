using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Historian;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>What the project hands to an integrator is in order, and there is an example of everything that can be chosen.</summary>
public sealed class ProjectConfigurationsTests
{
    public static TheoryData<string> Files => [.. ProjectConfigurations.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_configuration_of_the_project_is_in_order(string file)
    {
        var reading = Load(file);

        Assert.Empty(reading.Mistakes.Select(mistake => mistake.ToString()));
        Assert.Empty(reading.Warnings.Select(warning => warning.ToString()));
        Assert.NotEmpty(reading.Configuration!.Plan.Signals);
        Assert.All(reading.Configuration.Plan.Signals, signal => Assert.True(signal.NameFr.Length > 0 && signal.NameEn.Length > 0, $"{signal.Id} has no French or no English name"));
    }

    [Fact]
    public void Every_driver_and_every_store_has_an_example()
    {
        var examples = ProjectConfigurations.All.Where(file => file.Contains("examples", StringComparison.Ordinal)).Select(file => Load(file).Configuration!.Options).ToList();

        Assert.Empty(DriverCatalog.Names.Except(examples.SelectMany(example => example.Devices.Values).Select(device => device.Driver)));
        Assert.Empty(Enum.GetValues<StoreKind>().Except(examples.SelectMany(example => example.Historians.Values).Select(historian => historian.Store!.Value)));
    }

    [Fact]
    public void The_demonstration_shows_the_twenty_signals_of_the_PLC_with_and_without_a_deadband()
    {
        var configuration = Load(Path.Combine("config", "demo.json")).Configuration!;

        Assert.Equal(20, configuration.Plan.Signals.Count);
        Assert.InRange(configuration.Plan.Signals.Count(signal => signal.Deadband is not null), 2, 3);
        Assert.Equal(18830, configuration.Options.Broker!.Port);
        Assert.Equal(Path.Combine(ProjectConfigurations.Root, "data"), configuration.DataDirectory);
    }

    [Fact]
    public void The_demonstration_reads_what_the_live_cell_reads()
    {
        var (demo, edge) = (Load(Path.Combine("config", "demo.json")).Configuration!.Plan, Load(Path.Combine("config", "edge.json")).Configuration!.Plan);

        Assert.Equal(edge.Signals, demo.Signals);
    }

    /// <summary>Without the environment of whoever runs the tests.</summary>
    private static ConfigurationReading Load(string file) =>
        EdgeConfiguration.Load(Path.Combine(ProjectConfigurations.Root, file), DriverCatalog.All, new Dictionary<string, string>());
}
