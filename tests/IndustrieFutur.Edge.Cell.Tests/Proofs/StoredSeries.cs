using System.Globalization;
using IndustrieFutur.Edge.Historian;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What a store has of one signal of a simulated cell, with the cell's time of each sample.</summary>
/// <param name="samples">All of it, in the order of time; before the cell's first tick it is 0, after the last one that.</param>
/// <param name="endTick">From this tick on it is the cell's end.</param>
internal sealed class StoredSeries(IReadOnlyList<(long Tick, StoredSample Sample)> samples, long endTick = long.MaxValue)
{
    private const uint Uncertain = 0x4000_0000;
    private const uint Bad = 0x8000_0000;
    private const int SamplesMax = 10_000_000;

    public static readonly StoredSeries None = new([]);

    /// <summary>Good values, a text by itself and a number with all its digits. The cell standing still before and after adds none to a stream.</summary>
    public IReadOnlyList<string> Values { get; } = [.. samples.Where(one => IsGood(one.Sample)).Select(one => ValueOf(one.Sample))];

    /// <summary>The values without repeats.</summary>
    public IReadOnlyList<string> Changes => [.. Values.Where((value, index) => index == 0 || value != Values[index - 1])];

    /// <summary>The samples of the time in which the cell lived.</summary>
    public IReadOnlyList<(long Tick, StoredSample Sample)> Lived { get; } = [.. samples.Where(one => one.Tick > 0 && one.Tick < endTick)];

    /// <summary>Good values as they followed one another, each with how long it was seen.</summary>
    public IReadOnlyList<SeenState> States => SeenStates();

    /// <summary>The last Good one, also of the time when the cell stood still and could still be read.</summary>
    public double LastGood => samples.LastOrDefault(one => IsGood(one.Sample)).Sample.AsDouble;

    public static bool IsGood(in StoredSample sample) => sample.Status < Uncertain;

    public static bool IsUncertain(in StoredSample sample) => sample.Status is >= Uncertain and < Bad;

    public static bool IsBad(in StoredSample sample) => sample.Status >= Bad;

    /// <summary>All signals of the embedded store, by "device/signal".</summary>
    public static Dictionary<string, StoredSeries> ReadAll(string dataDirectory, CellTimes times)
    {
        using var reader = EmbeddedReader.Open(Directory.GetFiles(dataDirectory, "historian-*.db").Single());
        return reader.Signals().ToDictionary(
            signal => $"{signal.Device}/{signal.Signal}",
            signal => new StoredSeries([.. reader.Read(signal, 0, long.MaxValue, SamplesMax).Select(sample => (times.TickAt(sample.SourceUtcNanos), sample))], times.EndTick));
    }

    /// <summary>How many Good samples there are from one tick to another, both included.</summary>
    public int ReadsBetween(long fromTick, long toTick) => samples.Count(one => one.Tick >= fromTick && one.Tick <= toTick && IsGood(one.Sample));

    private List<SeenState> SeenStates()
    {
        var states = new List<SeenState>();
        foreach (var (tick, sample) in samples.Where(one => IsGood(one.Sample)))
        {
            var value = ValueOf(sample);
            if (states.Count > 0 && states[^1].Value == value)
            {
                states[^1] = states[^1] with { ToTick = tick, Reads = states[^1].Reads + 1 };
            }
            else
            {
                states.Add(new SeenState(value, tick, tick));
            }
        }

        return states;
    }

    private static string ValueOf(in StoredSample sample) =>
        sample.Text.Length > 0 ? sample.Text : sample.AsDouble.ToString("R", CultureInfo.InvariantCulture);
}
