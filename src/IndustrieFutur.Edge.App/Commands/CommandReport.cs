using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>How commands stand, for <c>/status</c>: the gate's own words, or why there is none.</summary>
internal static class CommandReport
{
    public static JsonObject ToJson(CellCommands commands) => commands.Gate is { } gate
        ? CommandJson.Of(gate.Status)
        : new JsonObject { ["on"] = false, ["off"] = CommandJson.Text(commands.OffFr, commands.OffEn) };
}
