using System.Diagnostics.CodeAnalysis;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>A story that a cell lives through: what goes wrong and when, and what is to come of it.</summary>
internal sealed record Scenario
{
    /// <summary>Where the project keeps its own.</summary>
    public const string Folder = "config/scenarios";

    /// <summary>The file's name without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about, in French.</summary>
    public required string TitleFr { get; init; }

    /// <summary>What it is about, in English.</summary>
    public required string TitleEn { get; init; }

    /// <summary>How long it takes, of the cell's time.</summary>
    public required long Ticks { get; init; }

    /// <summary>Times the wall's pace: the fastest at which an edge can still see what it is to see.</summary>
    public required double Speed { get; init; }

    /// <summary>In the order in which it begins.</summary>
    public required IReadOnlyList<ScenarioEvent> Timeline { get; init; }

    public required IReadOnlyList<JournalExpectation> Journal { get; init; }

    public required IReadOnlyList<EdgeExpectation> Edge { get; init; }

    /// <summary>Something happens to the cobot's OPC UA server, so the cell is to have one.</summary>
    public bool NeedsOpcUa => Timeline.Any(one => one.Kind.Device == CellFaults.OpcUa);

    /// <summary>A file, or the name of one of the project's own.</summary>
    public static string FileOf(string nameOrFile) => File.Exists(nameOrFile) ? nameOrFile : Path.Combine(Folder, nameOrFile + ".json");

    /// <summary>Reads a file; false: it is not in order, and the mistakes say all that is wrong with it, a line each.</summary>
    public static bool TryRead(string file, [NotNullWhen(true)] out Scenario? scenario, out IReadOnlyList<string> mistakes)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            scenario = null;
            mistakes = [$"{file}: cannot be read: {cause.Message} Name a file, or a scenario of {Folder} when you stand in the project's folder."];
            return false;
        }

        scenario = ScenarioReader.Read(content, file, out mistakes);
        return scenario is not null;
    }

    /// <summary>A cell that is to live through it: nothing happens in it by chance that a person would have to mend, and only those persons come whom it names.</summary>
    /// <param name="settings">Where the cell is to be found, its seed and its speed.</param>
    /// <param name="passed">Told of each fault as it begins (true) and ends, on the clock's thread.</param>
    public CellSimulator Open(CellSettings settings, Action<ScenarioEvent, bool> passed) =>
        new(settings with { MinutesBetweenProtectiveStops = 0, HasAttendant = false }, cell =>
        {
            var timeline = new FaultTimeline(this, cell);
            timeline.Passed += passed;
            return timeline;
        });

    /// <summary>What the cell's journal lacks, a sentence each; none when it is as it is to be.</summary>
    public IEnumerable<string> MissedBy(IReadOnlyList<string> journal) => Journal.Select(expected => expected.Missed(journal)).OfType<string>();
}
