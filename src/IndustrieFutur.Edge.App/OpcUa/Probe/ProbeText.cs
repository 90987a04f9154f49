using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Doctor;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Writes a climb: lines while it goes on for a person, one object at its end for a script.</summary>
internal static class ProbeText
{
    private const string Indent = "                               ";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ClimbedRung rung, TextWriter output)
    {
        var millis = Math.Round(rung.Took.TotalMilliseconds, 1);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Word(rung.Answer.Verdict),-8} {rung.Name,-13} {millis,7:0.0}  {rung.Answer.Text}"));
        foreach (var fact in rung.Answer.Facts)
        {
            output.WriteLine($"{Indent}{fact.Name}: {fact.Value}");
        }

        if (rung.Answer.Next.Length > 0)
        {
            output.WriteLine($"{Indent}next: {rung.Answer.Next}");
        }
    }

    public static void WriteNotTried(IEnumerable<string> names, TextWriter output)
    {
        var list = string.Join(", ", names);
        if (list.Length > 0)
        {
            output.WriteLine($"not tried: {list}");
        }
    }

    public static string ToJson(string endpoint, IReadOnlyList<ClimbedRung> rungs, IEnumerable<string> notTried, int exitCode) => new JsonObject
    {
        ["endpoint"] = endpoint,
        ["exitCode"] = exitCode,
        ["rungs"] = new JsonArray([.. rungs.Select(Describe)]),
        ["notTried"] = new JsonArray([.. notTried.Select(name => (JsonNode)name)]),
    }.ToJsonString(Json);

    private static JsonNode Describe(ClimbedRung rung)
    {
        var json = new JsonObject
        {
            ["rung"] = rung.Name,
            ["verdict"] = Word(rung.Answer.Verdict),
            ["millis"] = Math.Round(rung.Took.TotalMilliseconds, 1),
            ["text"] = rung.Answer.Text,
            ["facts"] = new JsonObject(rung.Answer.Facts.Select(fact => KeyValuePair.Create(fact.Name, (JsonNode?)fact.Value))),
        };
        if (rung.Answer.Next.Length > 0)
        {
            json["next"] = rung.Answer.Next;
        }

        return json;
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Warning => "warning",
        _ => "FAIL",
    };
}
