using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Plans;
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
    public void The_demonstration_runs_beside_a_broker_that_is_there_and_keeps_its_data_in_the_clone()
    {
        var configuration = Load(Path.Combine("config", "demo.json")).Configuration!;

        Assert.Equal(18830, configuration.Options.Broker!.Port);
        Assert.Equal(Path.Combine(ProjectConfigurations.Root, "data"), configuration.DataDirectory);
    }

    [Fact]
    public void The_demonstration_reads_of_the_PLC_what_the_live_cell_reads()
    {
        var (demo, edge) = (Load(Path.Combine("config", "demo.json")).Configuration!.Plan, Load(Path.Combine("config", "edge.json")).Configuration!.Plan);

        Assert.Equal(20, edge.Signals.Count);
        Assert.Equal(
            edge.Signals.Select(Meaning).Order(), demo.Signals.Where(signal => signal.Device == "plc").Select(Meaning).Order());
    }

    /// <summary>What a signal is, however often it is read and sent.</summary>
    private static string Meaning(SignalPlan signal) =>
        FormattableString.Invariant($"{signal.Id} {signal.RawKind} {signal.Scale} {signal.Unit} {signal.NameFr} {signal.NameEn}");

    /// <summary>Without the environment of whoever runs the tests.</summary>
    private static ConfigurationReading Load(string file) =>
        EdgeConfiguration.Load(Path.Combine(ProjectConfigurations.Root, file), DriverCatalog.All, new Dictionary<string, string>());
}
