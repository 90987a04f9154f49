using System.Globalization;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>A place in a scenario's file, counted from 1.</summary>
internal readonly record struct ScenarioPlace(int Line, int Column)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}");
}
