using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>What the gate says, as JSON of the HTTP door: both languages, and words instead of numbers.</summary>
internal static class CommandJson
{
    private static readonly JsonSerializerOptions Audit = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static JsonObject Of(CommandAnswer answer) => new()
    {
        ["id"] = answer.Id,
        ["command"] = answer.Command,
        ["outcome"] = answer.Outcome is { } outcome ? Word(outcome) : "prepared",
        ["rule"] = answer.Rule,
        ["text"] = Text(answer.TextFr, answer.TextEn),
        ["token"] = answer.Token.Length > 0 ? answer.Token : null,
        ["tokenExpires"] = answer.TokenExpiresUtcMillis > 0 ? Time(answer.TokenExpiresUtcMillis) : null,
        ["audit"] = answer.AuditSequence,
        ["millis"] = answer.Millis,
        ["guards"] = Guards(answer.Guards),
    };

    public static JsonObject Of(ActAnswer answer) => new()
    {
        ["done"] = answer.Done,
        ["rule"] = answer.Rule,
        ["text"] = Text(answer.TextFr, answer.TextEn),
    };

    public static JsonObject Of(CommandView view) => new()
    {
        ["id"] = view.Plan.Id,
        ["name"] = Text(view.Plan.NameFr, view.Plan.NameEn),
        ["target"] = view.Plan.TargetWords,
        ["level"] = view.Plan.Level,
        ["stop"] = view.Plan.IsStop,
        ["lease"] = view.Plan.NeedsLease,
        ["twoPersons"] = view.Plan.NeedsTwo,
        ["roles"] = new JsonArray([.. view.Plan.Roles.Select(role => JsonValue.Create(role))]),
        ["parameters"] = new JsonArray([.. view.Plan.Parameters.Select(parameter => (JsonNode)Of(parameter))]),
        ["interlocks"] = Guards(view.Guards),
        ["effectMillis"] = view.Plan.EffectNanos / 1_000_000,
        ["busy"] = view.IsBusy,
    };

    public static JsonObject Of(GateStatus status) => new()
    {
        ["on"] = status.IsOn,
        ["off"] = status.IsOn ? null : Text(status.WhyOffFr, status.WhyOffEn),
        ["hash"] = status.CommandsHash,
        ["armed"] = status.IsArmed,
        ["rehearsed"] = status.IsRehearsed,
        ["lease"] = status.LeaseHolder.Length > 0 ? new JsonObject { ["user"] = status.LeaseHolder, ["ends"] = Time(status.LeaseEndsUtcMillis) } : null,
        ["audit"] = new JsonObject { ["head"] = status.AuditHead, ["hash"] = status.AuditHash },
        ["outcomes"] = Counts(status.Outcomes),
        ["refusals"] = Counts(status.Refusals),
        ["reactions"] = new JsonArray([.. status.Reactions.Select(reaction => (JsonNode)Of(reaction))]),
        ["recent"] = new JsonArray([.. status.Recent.Select(answer => (JsonNode)Of(answer))]),
    };

    public static JsonNode Of(AuditRecord record) => JsonSerializer.SerializeToNode(record, Audit)!;

    public static JsonObject Text(string french, string english) => new() { ["fr"] = french, ["en"] = english };

    public static string Word(Outcome outcome) => outcome.ToString().ToLowerInvariant();

    private static JsonObject Of(ParameterPlan parameter) => new()
    {
        ["id"] = parameter.Id,
        ["name"] = Text(parameter.NameFr, parameter.NameEn),
        ["unit"] = parameter.Unit,
        ["min"] = Finite(parameter.Low),
        ["max"] = Finite(parameter.High),
        ["step"] = parameter.Step > 0 ? parameter.Step : null,
        ["choices"] = parameter.Choices.Count > 0 ? new JsonArray([.. parameter.Choices.Select(choice => JsonValue.Create(choice))]) : null,
    };

    private static JsonObject Of(ReactionView reaction) => new()
    {
        ["id"] = reaction.Id,
        ["armed"] = reaction.IsArmed,
        ["fired"] = reaction.Fired,
        ["inHour"] = reaction.InHour,
        ["last"] = reaction.LastEn,
    };

    private static JsonArray Guards(IEnumerable<GuardReading> guards) => new([.. guards.Select(guard => (JsonNode)new JsonObject
    {
        ["when"] = guard.When,
        ["state"] = guard.State,
        ["signals"] = new JsonArray([.. guard.Signals.Select(signal => JsonValue.Create(signal))]),
        ["message"] = Text(guard.MessageFr, guard.MessageEn),
    })]);

    private static JsonObject Counts(IReadOnlyDictionary<string, long> counts) =>
        new(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)JsonValue.Create(count.Value))));

    private static JsonValue? Finite(double limit) => double.IsFinite(limit) ? JsonValue.Create(limit) : null;

    private static string Time(long utcMillis) =>
        DateTimeOffset.FromUnixTimeMilliseconds(utcMillis).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
