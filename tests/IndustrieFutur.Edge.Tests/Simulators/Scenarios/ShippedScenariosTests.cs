using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Scenarios;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Simulators.Scenarios;

/// <summary>The scenarios that the project hands out: in order, true of the cell on several days, and each with its proof.</summary>
public sealed class ShippedScenariosTests
{
    public static TheoryData<string> Names => [.. Directory.GetFiles(Repository.PathOf(Scenario.Folder), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_scenario_expects_of_the_cell_holds_and_gives_the_same_journal_again(string name)
    {
        var scenario = Read(name);

        var journal = Live(scenario, CellArguments.QuietSeed);

        Assert.Empty(scenario.MissedBy(journal));
        Assert.NotEmpty(scenario.Journal);
        Assert.NotEmpty(scenario.Edge);
        Assert.Equal(journal, Live(scenario, CellArguments.QuietSeed));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scenario_is_short_and_has_its_proof(string name)
    {
        Assert.InRange(Read(name).Ticks, 1, 30 * SimulatedTime.TicksPerSecond);
        Assert.Contains(File.ReadLines(Repository.PathOf("tests/prove")), line => line.StartsWith($"scenario-{name} | pair | ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_scenarios_show_every_fault_that_was_asked_for()
    {
        string[] asked =
        [
            "cable-out", "frozen-value", "drift", "noise", "crc-errors", "slow-answers", "clock-jump", "protective-stop", "slipping-part", "cut",
            "shifted-namespaces", "expired-certificate",
        ];

        var shown = Names.SelectMany(row => Read(row.Data).Timeline).Select(one => one.Kind.Name).ToHashSet();

        Assert.Empty(asked.Except(shown));
    }

    private static Scenario Read(string name)
    {
        Assert.True(Scenario.TryRead(Repository.PathOf($"{Scenario.Folder}/{name}.json"), out var scenario, out var mistakes), string.Join('\n', mistakes));
        return scenario;
    }

    private static IReadOnlyList<string> Live(Scenario scenario, int seed)
    {
        using var cell = scenario.Open(new CellSettings { Seed = seed }, (_, _) => { });
        cell.Clock.Step((int)scenario.Ticks);
        return cell.Journal.Lines;
    }
}
