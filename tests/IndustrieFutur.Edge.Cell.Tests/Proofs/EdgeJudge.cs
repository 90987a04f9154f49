using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Holds what an edge has stored and reports against what a scenario expects of it.</summary>
internal sealed class EdgeJudge(IReadOnlyDictionary<string, StoredSeries> stored, JsonNode ledger, IReadOnlyList<string> journal)
{
    /// <summary>Null when it is so, else what was missed.</summary>
    public string? Missed(EdgeExpectation expected) => expected.Kind switch
    {
        EdgeExpectationKind.Figure => MissedFigure(expected),
        _ when !stored.ContainsKey(expected.Signal) => $"{expected.Signal}: nothing of it is stored",
        EdgeExpectationKind.Bad => MissedTrouble(expected, sample => StoredSeries.IsBad(sample), "Bad"),
        EdgeExpectationKind.Uncertain => MissedTrouble(expected, sample => StoredSeries.IsUncertain(sample), "Uncertain"),
        EdgeExpectationKind.StaysGood => MissedGood(expected),
        EdgeExpectationKind.Sum => MissedSum(expected),
        EdgeExpectationKind.Sequence => MissedSequence(expected),
        EdgeExpectationKind.Once => MissedOnce(expected),
        _ => Series(expected.Signal).Values.Any(value => Number(value) >= expected.Values[0])
            ? null
            : Say($"{expected.Signal} is to reach {expected.Values[0]}, and reaches {Series(expected.Signal).Values.Max(Number)}"),
    };

    private static double Number(string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static string Seconds(long ticks) => Say($"{ticks / (double)SimulatedTime.TicksPerSecond} s");

    private static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);

    private StoredSeries Series(string signal) => stored.GetValueOrDefault(signal) ?? StoredSeries.None;

    private string? MissedTrouble(EdgeExpectation expected, Func<StoredSample, bool> isSo, string word)
    {
        var samples = Series(expected.Signal).Lived;
        var first = samples.Where(one => isSo(one.Sample)).Select(one => one.Tick).DefaultIfEmpty(-1).First();
        if (first < expected.Ticks.From || first > expected.Ticks.To)
        {
            var found = first < 0 ? "never is" : $"is at {Seconds(first)}";
            return $"{expected.Signal} is to be {word} first from {Seconds(expected.Ticks.From)} to {Seconds(expected.Ticks.To)}, and {found}; it is {Troubles(samples)}";
        }

        if (expected.GoodByTick is not { } by)
        {
            var good = samples.Where(one => one.Tick > expected.Ticks.To && StoredSeries.IsGood(one.Sample)).Select(one => one.Tick).DefaultIfEmpty(-1).First();
            return good < 0 ? null : $"{expected.Signal} is to stay {word} to the end, and is Good at {Seconds(good)}";
        }

        var last = samples.Where(one => !StoredSeries.IsGood(one.Sample)).Select(one => one.Tick).Last();
        var back = samples.Where(one => one.Tick >= last && StoredSeries.IsGood(one.Sample)).Select(one => one.Tick).DefaultIfEmpty(long.MaxValue).First();
        return back <= by ? null : $"{expected.Signal} is to be Good again by {Seconds(by)}; it is not so for the last time at {Seconds(last)}, and Good {(back == long.MaxValue ? "never" : $"from {Seconds(back)}")}";
    }

    /// <summary>What was not Good, where it changed.</summary>
    private static string Troubles(IReadOnlyList<(long Tick, StoredSample Sample)> samples) => string.Join(
        ", ",
        samples.Where((one, index) => index == 0 || one.Sample.Status != samples[index - 1].Sample.Status).Take(10).Select(one => $"0x{one.Sample.Status:X8} from {Seconds(one.Tick)}"));

    private string? MissedGood(EdgeExpectation expected)
    {
        var samples = Series(expected.Signal).Lived.SkipWhile(one => !StoredSeries.IsGood(one.Sample)).ToList();
        var other = samples.FindIndex(one => !StoredSeries.IsGood(one.Sample));
        return samples.Count == 0 ? $"{expected.Signal} is to be Good, and never is"
            : other < 0 ? null
            : $"{expected.Signal} is to stay Good, and is {Troubles(samples)}";
    }

    private string? MissedSum(EdgeExpectation expected)
    {
        var (total, sum) = (Series(expected.Signal).LastGood, expected.Summands.Sum(summand => Series(summand).LastGood));
        return total == sum ? null : Say($"{expected.Signal} is to be {string.Join(" + ", expected.Summands)}, and is {total} and not {sum}");
    }

    private string? MissedSequence(EdgeExpectation expected)
    {
        var values = Series(expected.Signal).Changes;
        var next = 0;
        foreach (var value in values)
        {
            next += next < expected.Values.Count && Number(value) == expected.Values[next] ? 1 : 0;
        }

        return next == expected.Values.Count
            ? null
            : Say($"{expected.Signal} is to show {string.Join(' ', expected.Values)} in this order; it shows {string.Join(' ', values.Take(40))}");
    }

    private string? MissedOnce(EdgeExpectation expected)
    {
        var lines = journal.Count(line => line.Contains(expected.Journal, StringComparison.Ordinal));
        var samples = Series(expected.Signal).Values.Count;
        return lines > 0 && lines == samples ? null : $"{expected.Signal} is to have a sample for each \"{expected.Journal}\" of the journal, and has {samples} for {lines}";
    }

    private string? MissedFigure(EdgeExpectation expected)
    {
        var slash = expected.Signal.IndexOf('/', StringComparison.Ordinal);
        var link = ledger["links"]!.AsArray().FirstOrDefault(one => one!["devices"]!.GetValue<string>() == expected.Signal[..slash]);
        var node = expected.Signal[(slash + 1)..].Split('.').Aggregate(link, (current, key) => current?[key]);
        return node is not null && node.GetValue<double>() == expected.Values[0]
            ? null
            : Say($"{expected.Signal} is to be {expected.Values[0]}, and is {node?.ToJsonString() ?? "not there"}");
    }

}
