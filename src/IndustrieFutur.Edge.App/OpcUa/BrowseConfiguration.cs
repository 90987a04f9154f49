using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Turns browsed variables into a configuration that <c>ifedge check</c> accepts and <c>ifedge run</c> starts with.</summary>
internal static class BrowseConfiguration
{
    /// <summary>What a display name may have in common with an id and still need no line of its own.</summary>
    private const int UnitLengthMax = 32;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The variables that a signal can be made of. Without a choice of the person's, properties are left out: they describe, and do not change.</summary>
    public static IReadOnlyList<BrowsedNode> Choose(IEnumerable<BrowsedNode> nodes, bool chosenByGlob) =>
        [.. nodes.Where(node => node.SignalType is not null && !node.IsSeenBefore && (chosenByGlob || !node.IsProperty))];

    public static string Write(string device, ServerAccess access, IReadOnlyList<BrowsedNode> variables)
    {
        var ids = SignalIds.For([.. variables.Select(variable => variable.Path)]);
        var signals = new JsonObject();
        for (var index = 0; index < ids.Count; index++)
        {
            signals[ids[index]] = Signal(ids[index], variables[index]);
        }

        var cell = new JsonObject
        {
            ["group"] = "site",
            ["edge"] = "cell1",
            ["devices"] = new JsonObject { [device] = Device(access, signals) },
            ["sinks"] = new JsonObject
            {
                ["site"] = new JsonObject { ["sink"] = "mqtt", ["url"] = "mqtt://127.0.0.1:1883", ["confirm"] = "stored", ["historians"] = new JsonArray("h1") },
            },
            ["historians"] = new JsonObject { ["h1"] = new JsonObject { ["store"] = "embedded" } },
            ["broker"] = new JsonObject { ["port"] = 1883 },
        };
        return cell.ToJsonString(Readable);
    }

    private static JsonObject Device(ServerAccess access, JsonObject signals)
    {
        var device = new JsonObject
        {
            ["driver"] = "opcua",
            ["endpoint"] = access.Endpoint.Url,
            ["security"] = new JsonObject { ["policy"] = access.Policy.Name, ["mode"] = access.Mode.ToString() },
        };
        if (access.AllowInsecure)
        {
            device["allowInsecure"] = true;
        }

        if (access.User is { } user)
        {
            device["user"] = new JsonObject { ["name"] = user, ["password"] = access.Password!.ToString() };
        }

        device["groups"] = new JsonObject { ["all"] = new JsonObject { ["signals"] = signals } };
        return device;
    }

    private static JsonObject Signal(string id, BrowsedNode variable)
    {
        var signal = new JsonObject { ["node"] = variable.Id, ["type"] = variable.SignalType };
        if (variable.Unit.Length is > 0 and <= UnitLengthMax)
        {
            signal["unit"] = variable.Unit;
        }

        if (variable.DisplayName.Length > 0 && !string.Equals(variable.DisplayName, id, StringComparison.OrdinalIgnoreCase))
        {
            signal["name"] = new JsonObject { ["fr"] = variable.DisplayName, ["en"] = variable.DisplayName };
        }

        return signal;
    }
}
