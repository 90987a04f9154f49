using System.Globalization;
using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>One thing that happens in a scenario: a fault that comes and perhaps goes, or what a person does.</summary>
internal sealed record ScenarioEvent
{
    public required FaultKind Kind { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public ScenarioPlace Place { get; init; }

    /// <summary>The tick in which it begins.</summary>
    public required long AtTick { get; init; }

    /// <summary>The tick in which it ends; null: it is over at once, or lasts to the end.</summary>
    public long? EndTick { get; init; }

    /// <summary>The number of its setting.</summary>
    public double Number { get; init; }

    /// <summary>The text of its setting.</summary>
    public string Text { get; init; } = "";

    /// <summary>As it stands in the journal.</summary>
    public string Words => Kind.Setting switch
    {
        null => $"{Kind.Device} {Kind.Name}",
        { TextMax: > 0 } => $"{Kind.Device} {Kind.Name}, {Kind.Setting.Key} {Text}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Kind.Device} {Kind.Name}, {Kind.Setting.Key} {Number}"),
    };

    /// <summary>The same fault is there already when this one begins, or the other way round: the first to end would take both away.</summary>
    public bool Overlaps(ScenarioEvent other) => Kind.Lasts && other.Kind == Kind
        && AtTick < (other.EndTick ?? long.MaxValue) && other.AtTick < (EndTick ?? long.MaxValue);

    public bool IsUnderWay(in SimulatedTime now) => now.Tick >= AtTick && now.Tick < (EndTick ?? long.MaxValue);
}
