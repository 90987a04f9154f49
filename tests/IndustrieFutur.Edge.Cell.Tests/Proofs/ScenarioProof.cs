using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Every scenario that the project ships, lived through twice with one seed and an edge beside it: both times all that it expects holds and
/// every sum balances; the journals are the same bytes, and what the edge has stored is the same as far as it can be. The short form does so once.
/// </summary>
public sealed class ScenarioProof
{
    private const int Seed = CellArguments.QuietSeed;

    private static readonly string[] Told = ["driver/tight.torque", "driver/tight.angle", "driver/tight.ok", "driver/tight.id", "driver/tight.alarm", "scanner/scan.code"];

    public static IEnumerable<TheoryDataRow<string>> Names() =>
        Files().Select(file => Path.GetFileNameWithoutExtension(file)).Select(name => new TheoryDataRow<string>(name).WithTrait("Proof", "scenario-" + name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_scenario_keeps_its_word_and_does_so_again(string name)
    {
        Assert.True(Scenario.TryRead(Path.Combine(Peers.Repository(), Scenario.Folder, name + ".json"), out var scenario, out var mistakes), string.Join('\n', mistakes));
        var cancellation = TestContext.Current.CancellationToken;

        var first = await ScenarioRun.LiveAsync(scenario, Seed, cancellation);
        Judge(scenario, first);

        // Nobody reads this one, and no wall's time passes for it: the journal is the seed's and the scenario's alone.
        Assert.Equal(string.Join('\n', Alone(scenario)), string.Join('\n', first.Journal));
        var found = $"{scenario.Journal.Count} expectations of the cell and {scenario.Edge.Count} of the edge hold, {first.Journal.Count} lines of the journal are the same bytes without an edge";
        if (!Proof.IsWhole)
        {
            Proof.Say($"{found}; once, the whole proof compares two runs; {first.SlippedTicks} ticks late");
            return;
        }

        var second = await ScenarioRun.LiveAsync(scenario, Seed, cancellation);
        Judge(scenario, second);
        Assert.Equal(string.Join('\n', first.Journal), string.Join('\n', second.Journal));
        var samples = Compare(scenario, first, second);
        Proof.Say($"{found}, and all of it again; {samples} streamed samples and {ScenarioConfiguration.States.Length} polled states are stored alike; {first.SlippedTicks + second.SlippedTicks} ticks late");
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

    /// <summary>What is streamed must be equal sample by sample, unless the scenario cuts the stream; what is polled, in its states and in what it counts.</summary>
    private static int Compare(Scenario scenario, ScenarioRun first, ScenarioRun second)
    {
        string[] cut = ["cable-out", "restart", "shifted-namespaces", "expired-certificate"];
        var whole = new[] { "cobot", CellFaults.OpcUa }.Where(device => !scenario.Timeline.Any(one => one.Kind.Device == device && cut.Contains(one.Kind.Name))).ToList();
        string[] streamed = [.. Told, .. first.Stored.Keys.Where(signal => whole.Contains(signal.Split('/')[0]))];
        var samples = 0;
        foreach (var signal in streamed)
        {
            var values = Series(first, signal).Values;
            AssertSame(signal, values, Series(second, signal).Values);
            samples += values.Count;
        }

        Assert.True(samples > 0, "nothing was streamed, so nothing was compared");
        foreach (var signal in ScenarioConfiguration.States)
        {
            AssertSame(signal, Series(first, signal).Changes, Series(second, signal).Changes);
        }

        foreach (var signal in ScenarioConfiguration.Counters)
        {
            Assert.True(Series(first, signal).LastGood == Series(second, signal).LastGood, $"{signal} ends with {Series(first, signal).LastGood} and with {Series(second, signal).LastGood}");
        }

        return samples;
    }

    private static StoredSeries Series(ScenarioRun run, string signal) => run.Stored.GetValueOrDefault(signal) ?? StoredSeries.None;

    private static void AssertSame(string signal, IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var other = Enumerable.Range(0, Math.Min(first.Count, second.Count)).FirstOrDefault(index => first[index] != second[index], Math.Min(first.Count, second.Count));
        Assert.True(
            first.Count == second.Count && other == first.Count,
            $"{signal}: {first.Count} values and {second.Count}; from {other} on {string.Join(' ', first.Skip(other).Take(8))} and {string.Join(' ', second.Skip(other).Take(8))}");
    }
}
