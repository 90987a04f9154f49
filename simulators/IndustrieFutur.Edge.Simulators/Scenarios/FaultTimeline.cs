using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>
/// Lets a scenario happen: ticks before all devices of the cell, so that what it changes holds in the same tick, and writes each fault into
/// the journal as it comes and goes.
/// </summary>
internal sealed class FaultTimeline(Scenario scenario, CellSimulator cell) : ISimulatedDevice
{
    /// <inheritdoc/>
    public string Id => "scenario";

    /// <summary>A fault begins (true) or ends: raised in the tick, on the clock's thread, for what lies outside of the cell, such as a broker.</summary>
    public event Action<ScenarioEvent, bool>? Passed;

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        // In the order of the file: at most some dozens, and nothing but two comparisons for each that is not due.
        foreach (var one in scenario.Timeline)
        {
            if (one.EndTick == now.Tick)
            {
                End(now, one);
            }
            else if (one.AtTick == now.Tick)
            {
                Begin(now, one);
            }

            if (one.IsUnderWay(now))
            {
                one.Kind.Hold?.Invoke(cell);
            }
        }
    }

    private void Begin(in SimulatedTime now, ScenarioEvent one)
    {
        var kind = one.Kind;
        kind.Begin?.Invoke(cell, one);
        var refused = kind.Act?.Invoke(cell);
        var what = kind.IsAct ? $"done: {one.Words}{(refused is null ? "" : $", refused: {refused}")}" : kind.Lasts ? $"{one.Words} begins" : one.Words;
        cell.Journal.Write(now, Id, what);
        Passed?.Invoke(one, true);
    }

    private void End(in SimulatedTime now, ScenarioEvent one)
    {
        one.Kind.End?.Invoke(cell, one);
        cell.Journal.Write(now, Id, $"{one.Kind.Device} {one.Kind.Name} ends");
        Passed?.Invoke(one, false);
    }
}
