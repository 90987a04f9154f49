namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>What is wrong with one scenario's file: all of it at once, in the order of the file, each with its place and what to write instead.</summary>
internal sealed class ScenarioMistakes(string file)
{
    private readonly List<(ScenarioPlace Place, string Message)> _found = [];

    public bool Any => _found.Count > 0;

    public IReadOnlyList<string> Lines =>
        [.. _found.OrderBy(mistake => mistake.Place.Line).ThenBy(mistake => mistake.Place.Column).Select(mistake => $"{file}:{mistake.Place}: {mistake.Message}")];

    public void Add(ScenarioPlace place, string message) => _found.Add((place, message));
}
