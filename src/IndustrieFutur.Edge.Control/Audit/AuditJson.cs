using System.Globalization;
using System.Text.Json;

namespace IndustrieFutur.Edge.Control.Audit;

/// <summary>A record of the audit as members of a JSON object: only what is set.</summary>
internal static class AuditJson
{
    public static void Write(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteNumber("sequence", record.Sequence);
        json.WriteString("utc", AuditLine.Utc(record.UtcMillis));
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(record.Kind.ToString()));
        WriteText(json, "who", record.Who);
        WriteText(json, "role", record.Role);
        WriteText(json, "station", record.Station);
        WriteText(json, "door", record.Door);
        WriteText(json, "command", record.Command);
        WriteText(json, "id", record.Id);
        WriteText(json, "content", record.Content);
        WriteText(json, "target", record.Target);
        WriteValues(json, record.Values);
        WriteGuards(json, record.Guards);
        WriteText(json, "rule", record.Rule);
        WriteText(json, "outcome", record.Outcome);
        WriteNumber(json, "of", record.Of);
        WriteNumber(json, "millis", record.Millis);
        WriteText(json, "text", record.Text);
        WriteText(json, "reason", record.Reason);
        WriteText(json, "commands", record.Commands);
    }

    /// <summary>Throws what a <see cref="JsonElement"/> throws when it is no record.</summary>
    public static AuditRecord Read(JsonElement json) => new()
    {
        Sequence = json.GetProperty("sequence").GetInt64(),
        UtcMillis = Millis(json.GetProperty("utc").GetString()!),
        Kind = Enum.Parse<AuditKind>(json.GetProperty("kind").GetString()!, ignoreCase: true),
        Who = Text(json, "who"),
        Role = Text(json, "role"),
        Station = Text(json, "station"),
        Door = Text(json, "door"),
        Command = Text(json, "command"),
        Id = Text(json, "id"),
        Content = Text(json, "content"),
        Target = Text(json, "target"),
        Values = json.TryGetProperty("values", out var values)
            ? values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!)
            : new Dictionary<string, string>(),
        Guards = json.TryGetProperty("guards", out var guards) ? [.. guards.EnumerateArray().Select(ReadGuard)] : [],
        Rule = Text(json, "rule"),
        Outcome = Text(json, "outcome"),
        Of = Number(json, "of"),
        Millis = Number(json, "millis"),
        Text = Text(json, "text"),
        Reason = Text(json, "reason"),
        Commands = Text(json, "commands"),
    };

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long number)
    {
        if (number != 0)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartObject("values");
        foreach (var (name, value) in values)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteGuards(Utf8JsonWriter json, IReadOnlyList<GuardReading> guards)
    {
        if (guards.Count == 0)
        {
            return;
        }

        json.WriteStartArray("guards");
        foreach (var guard in guards)
        {
            json.WriteStartObject();
            json.WriteString("when", guard.When);
            json.WriteString("state", guard.State);
            json.WriteStartArray("signals");
            foreach (var signal in guard.Signals)
            {
                json.WriteStringValue(signal);
            }

            json.WriteEndArray();
            WriteText(json, "messageFr", guard.MessageFr);
            WriteText(json, "messageEn", guard.MessageEn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static GuardReading ReadGuard(JsonElement json) => new(
        Text(json, "when"),
        Text(json, "state"),
        [.. json.GetProperty("signals").EnumerateArray().Select(signal => signal.GetString()!)],
        Text(json, "messageFr"),
        Text(json, "messageEn"));

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString()! : "";

    private static long Number(JsonElement json, string name) => json.TryGetProperty(name, out var number) ? number.GetInt64() : 0;

    private static long Millis(string utc) =>
        DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
}
