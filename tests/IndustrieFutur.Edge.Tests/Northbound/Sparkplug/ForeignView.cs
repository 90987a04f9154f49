using System.Globalization;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>A payload as the foreign decoder tells it, and what it should tell: one text each, to be compared.</summary>
internal static class ForeignView
{
    public static string Expected(DecodedPayload payload) => Canonical(new JsonObject
    {
        ["timestamp"] = Number(payload.Timestamp),
        ["seq"] = Number(payload.Seq),
        ["body"] = "",
        ["metrics"] = new JsonArray([.. payload.Metrics.Select(Expected)]),
    });

    public static string Canonical(JsonNode payload) => payload.ToJsonString();

    private static JsonNode Expected(DecodedMetric metric) => new JsonObject
    {
        ["name"] = metric.Name,
        ["alias"] = Number(metric.Alias),
        ["timestamp"] = Number(metric.Timestamp),
        ["datatype"] = Number(metric.Datatype),
        ["isHistorical"] = metric.IsHistorical,
        ["isNull"] = metric.IsNull,
        ["field"] = metric.Field switch { 11 => "longValue", 13 => "doubleValue", 14 => "booleanValue", 15 => "stringValue", _ => null },

        // JavaScript knows no sign of a zero when it writes it.
        ["value"] = metric.Value == "-0" ? "0" : metric.Value,
        ["properties"] = new JsonObject(metric.Properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)new JsonObject
        {
            ["type"] = Number(property.Type),
            ["field"] = property.Type == 12 ? "stringValue" : "intValue",
            ["value"] = property.Value,
        }))),
    };

    private static string? Number(ulong? number) => number?.ToString(CultureInfo.InvariantCulture);
}
