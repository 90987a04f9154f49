using System.Text.Json;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>The body of a request for a command: what is not in its address or its headers.</summary>
internal sealed record CommandBody
{
    /// <summary>Numbers, true or false, or words, by the parameters' ids.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values { get; init; } = new Dictionary<string, JsonElement>();

    public string Token { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary>Milliseconds since 1970 UTC; 0: the gate's longest.</summary>
    public long Expires { get; init; }

    /// <summary>As the gate reads them: numbers and words as they were written.</summary>
    public IReadOnlyDictionary<string, string> WrittenValues() => Values.ToDictionary(
        value => value.Key,
        value => value.Value.ValueKind == JsonValueKind.String ? value.Value.GetString()! : value.Value.GetRawText());
}
