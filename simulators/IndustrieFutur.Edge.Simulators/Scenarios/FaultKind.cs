using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>One thing that a scenario can make happen: a fault of a device, or what a person does at it.</summary>
/// <param name="Device">Whose, by its id.</param>
/// <param name="Name">As a scenario writes it.</param>
internal sealed record FaultKind(string Device, string Name)
{
    /// <summary>Done in the tick in which it begins.</summary>
    public Action<CellSimulator, ScenarioEvent>? Begin { get; init; }

    /// <summary>Takes the fault away; null: it is over as soon as it has come.</summary>
    public Action<CellSimulator, ScenarioEvent>? End { get; init; }

    /// <summary>Done in every tick while it lasts.</summary>
    public Action<CellSimulator>? Hold { get; init; }

    /// <summary>Done by a person, who can be refused: answers why.</summary>
    public Func<CellSimulator, string?>? Act { get; init; }

    public FaultSetting? Setting { get; init; }

    public bool IsAct => Act is not null;

    /// <summary>It can last for a time.</summary>
    public bool Lasts => End is not null;
}
