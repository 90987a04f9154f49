using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Every scenario that the project ships, lived through twice with one seed and an edge beside it: both times all that it expects holds and
/// every sum balances; the journals are the same bytes, and what the edge has stored is the same as far as it can be. The short form does so once, but with two scenarios.
/// </summary>
public sealed class ScenarioProof
{
    private const int Seed = CellArguments.QuietSeed;

    public static IEnumerable<TheoryDataRow<string>> Names() =>
        Files().Select(file => Path.GetFileNameWithoutExtension(file)).Select(name => new TheoryDataRow<string>(name).WithTrait("Proof", "scenario-" + name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_scenario_keeps_its_word_and_does_so_again(string name)
    {
        var scenario = Read(Path.Combine(Peers.Repository(), Scenario.Folder, name + ".json"));
        var cancellation = TestContext.Current.CancellationToken;

        var first = await ScenarioRun.LiveAsync(scenario, Seed, cancellation);
        Judge(scenario, first);

        // Nobody reads this one, and no wall's time passes for it: the journal is the seed's and the scenario's alone.
        Assert.Equal(string.Join('\n', Alone(scenario)), string.Join('\n', first.Journal));
        var found = $"{scenario.Journal.Count} expectations of the cell and {scenario.Edge.Count} of the edge hold, {first.Journal.Count} lines of the journal are the same bytes without an edge";
        if (!Proof.IsWhole && !Quickest().Contains(name))
        {
            Proof.Say($"{found}; once, the whole proof compares two runs; {first.SlippedTicks} ticks late");
            return;
        }

        var second = await ScenarioRun.LiveAsync(scenario, Seed, cancellation);
        Judge(scenario, second);
        Assert.Equal(string.Join('\n', first.Journal), string.Join('\n', second.Journal));
        var alike = new ScenarioComparison(scenario, first, second).AssertAlike();
        Proof.Say($"{found}, and all of it again; {alike}; {first.SlippedTicks + second.SlippedTicks} ticks late");
    }

    /// <summary>The one that is soonest over of those with an OPC UA server, and of those without: two runs are compared in the short form too.</summary>
    private static IEnumerable<string> Quickest() => Files().Select(Read)
        .GroupBy(scenario => scenario.Speed == 1, (_, alike) => alike.MinBy(scenario => scenario.Ticks / scenario.Speed)!.Name);

    private static Scenario Read(string file)
    {
        Assert.True(Scenario.TryRead(file, out var scenario, out var mistakes), string.Join('\n', mistakes));
        return scenario;
    }

    private static IEnumerable<string> Files() => Directory.GetFiles(Path.Combine(Peers.Repository(), Scenario.Folder), "*.json").Order(StringComparer.Ordinal);

    private static IReadOnlyList<string> Alone(Scenario scenario)
    {
        using var cell = scenario.Open(new CellSettings { Seed = Seed }, (_, _) => { });
        cell.Clock.Step((int)scenario.Ticks);
        return cell.Journal.Lines;
    }

    private static void Judge(Scenario scenario, ScenarioRun run)
    {
        var judge = new EdgeJudge(run.Stored, run.Ledger, run.Journal);
        var missed = scenario.MissedBy(run.Journal).Concat(scenario.Edge.Select(judge.Missed).OfType<string>()).ToList();
        missed.AddRange(run.Ledger["signals"]!.AsObject().Where(signal => !IsBalanced(signal.Value!)).Select(signal => $"{signal.Key} does not balance: {signal.Value!.ToJsonString()}"));
        Assert.True(missed.Count == 0, string.Join('\n', missed));
    }

    /// <summary>All that was produced is stored but for what the end cut off, and that is kept for the next start.</summary>
    private static bool IsBalanced(JsonNode entry)
    {
        var (produced, filtered, spooled) = (Number(entry, "produced"), Number(entry, "filtered"), Number(entry, "spooled"));
        return produced == filtered + spooled && spooled == Number(entry, "stored") + Number(entry, "pending") && Number(entry, "dropped") == 0;
    }

    private static long Number(JsonNode entry, string name) => entry[name]!.GetValue<long>();
}
