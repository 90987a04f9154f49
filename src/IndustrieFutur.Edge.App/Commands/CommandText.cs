using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>The service's answers about commands as a person reads them in a terminal: French first, English after it.</summary>
internal static class CommandText
{
    /// <summary>Both languages in one line.</summary>
    public static string Sentence(JsonObject answer) => Both(answer["text"]);

    /// <summary>What there is, what of it can be given now, and what stands against the rest.</summary>
    public static string List(JsonObject report)
    {
        var text = new StringBuilder();
        text.AppendLine(Gate(report["gate"]!.AsObject()));
        foreach (var command in report["commands"]!.AsArray().Select(command => command!.AsObject()))
        {
            var marks = string.Concat(
                (bool)command["stop"]! ? ", arrêt/stop" : "",
                (bool)command["lease"]! ? ", bail/lease" : "",
                (bool)command["twoPersons"]! ? ", deux personnes/two persons" : "",
                (bool)command["busy"]! ? ", occupé/busy" : "");
            text.AppendLine(CultureInfo.InvariantCulture, $"{command["id"]}  {Both(command["name"])}  [niveau/level {command["level"]}{marks}]  {command["target"]}");
            foreach (var parameter in command["parameters"]!.AsArray().Select(parameter => parameter!.AsObject()))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {Parameter(parameter)}");
            }

            text.Append(Guards(command["interlocks"]!.AsArray()));
        }

        return text.ToString();
    }

    /// <summary>One line for each interlock, and how to mend those that do not hold.</summary>
    public static string Guards(JsonArray guards)
    {
        var text = new StringBuilder();
        foreach (var guard in guards.Select(guard => guard!.AsObject()))
        {
            var holds = (string?)guard["state"] == "holds";
            text.AppendLine(CultureInfo.InvariantCulture, $"    {(holds ? "✓" : "✕")} {guard["when"]}   ({string.Join(", ", guard["signals"]!.AsArray().Select(signal => (string?)signal))})");
            if (!holds)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"      {guard["state"]}: {Both(guard["message"])}");
            }
        }

        return text.ToString();
    }

    public static string Gate(JsonObject gate)
    {
        if (!(bool)gate["on"]!)
        {
            return $"commandes/commands: ARRÊT/OFF. {Both(gate["off"])}";
        }

        var lease = gate["lease"] is JsonObject held ? $"{held["user"]} ({held["ends"]})" : "-";
        return $"commandes/commands: MARCHE/ON  armé/armed: {((bool)gate["armed"]! ? "oui/yes" : "non/no")}  bail/lease: {lease}  {gate["hash"]}";
    }

    private static string Parameter(JsonObject parameter) => parameter["choices"] is JsonArray choices
        ? $"{parameter["id"]}= {string.Join(" | ", choices.Select(choice => (string?)choice))}"
        : $"{parameter["id"]}= {parameter["min"]} .. {parameter["max"]} {parameter["unit"]}{(parameter["step"] is { } step ? $", pas/step {step}" : "")}";

    private static string Both(JsonNode? text)
    {
        var (french, english) = ((string?)text?["fr"] ?? "", (string?)text?["en"] ?? "");
        return french.Length == 0 || french == english ? english : english.Length == 0 ? french : $"{french} / {english}";
    }
}
