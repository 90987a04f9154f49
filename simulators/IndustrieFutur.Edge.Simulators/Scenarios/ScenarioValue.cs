using System.Text.Json;

namespace IndustrieFutur.Edge.Simulators.Scenarios;

/// <summary>One value of a scenario's file, and where it stands.</summary>
/// <param name="Kind">What it is, as it was written.</param>
/// <param name="Place">Its line and column, as an editor counts them.</param>
/// <param name="Text">The text of a text, the digits of a number.</param>
internal sealed record ScenarioValue(JsonTokenType Kind, ScenarioPlace Place, string Text)
{
    /// <summary>The keys of an object, in their order.</summary>
    public List<(string Key, ScenarioPlace Place, ScenarioValue Value)> Members { get; } = [];

    /// <summary>The entries of a list.</summary>
    public List<ScenarioValue> Items { get; } = [];

    public string InWords => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"the text \"{Text}\"",
        JsonTokenType.Number => $"the number {Text}",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
