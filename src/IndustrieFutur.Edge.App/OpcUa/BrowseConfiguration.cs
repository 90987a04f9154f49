using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Turns browsed variables into a configuration that <c>ifedge check</c> accepts and <c>ifedge run</c> starts with.</summary>
internal static class BrowseConfiguration
{
    /// <summary>The configuration's own limit.</summary>
    private const int UnitLengthMax = 32;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The variables that a signal can be made of, and the parts of those that are arrays and structures. Without a choice of the person's,
    /// properties are left out: they describe, and do not change.
    /// </summary>
    public static IReadOnlyList<(BrowsedNode Variable, BrowsedPart? Part)> Choose(IEnumerable<BrowsedNode> nodes, bool chosenByGlob) =>
        [.. nodes.Where(node => !node.IsSeenBefore && (chosenByGlob || !node.IsProperty)).SelectMany(Signals)];

    public static string Write(string device, ServerRequest request, EndpointDescription endpoint, IReadOnlyList<(BrowsedNode Variable, BrowsedPart? Part)> chosen)
    {
        var ids = SignalIds.For([.. chosen.Select(one => (one.Variable.Path, one.Part?.Name ?? ""))]);
        var signals = new JsonObject();
        for (var index = 0; index < ids.Count; index++)
        {
            signals[ids[index]] = Signal(ids[index], chosen[index].Variable, chosen[index].Part);
        }

        var cell = new JsonObject
        {
            ["group"] = "site",
            ["edge"] = "cell1",
            ["devices"] = new JsonObject { [device] = Device(request, endpoint, signals) },
            ["sinks"] = new JsonObject
            {
                ["site"] = new JsonObject { ["sink"] = "mqtt", ["url"] = "mqtt://127.0.0.1:1883", ["confirm"] = "stored", ["historians"] = new JsonArray("h1") },
            },
            ["historians"] = new JsonObject { ["h1"] = new JsonObject { ["store"] = "embedded" } },
            ["broker"] = new JsonObject { ["port"] = 1883 },
        };
        if (request.DataFolder is { } data)
        {
            // The server is trusted there, and only there.
            cell["data"] = data;
        }

        return cell.ToJsonString(Readable);
    }

    private static JsonObject Device(ServerRequest request, EndpointDescription endpoint, JsonObject signals)
    {
        var device = new JsonObject
        {
            ["driver"] = "opcua",
            ["endpoint"] = request.Endpoint.Url,
            ["security"] = new JsonObject { ["policy"] = ServerEndpoint.PolicyName(endpoint), ["mode"] = endpoint.SecurityMode.ToString() },
        };
        if (endpoint.SecurityMode == MessageSecurityMode.None)
        {
            device["allowInsecure"] = true;
        }

        if (request.User is { } user)
        {
            device["user"] = User(user);
        }

        device["groups"] = new JsonObject { ["all"] = new JsonObject { ["signals"] = signals } };
        return device;
    }

    /// <summary>References to secrets, as they were given; never a secret.</summary>
    private static JsonObject User(OpcUaUserOptions user)
    {
        var json = new JsonObject();
        foreach (var (key, value) in new[]
        {
            ("name", user.Name), ("password", user.Password?.ToString()),
            ("certificate", user.Certificate), ("certificatePassword", user.CertificatePassword?.ToString()),
        })
        {
            if (value is not null)
            {
                json[key] = value;
            }
        }

        return json;
    }

    private static IEnumerable<(BrowsedNode Variable, BrowsedPart? Part)> Signals(BrowsedNode node) =>
        node.SignalType is not null ? [(node, null)] : node.Parts.Where(part => part.SignalType is not null).Select(part => (node, (BrowsedPart?)part));

    private static JsonObject Signal(string id, BrowsedNode variable, BrowsedPart? part)
    {
        var signal = new JsonObject { ["node"] = variable.Id };
        if (part is { Index.Length: > 0 })
        {
            signal["index"] = part.Index;
        }

        if (part is { Field.Length: > 0 })
        {
            signal["field"] = part.Field;
        }

        signal["type"] = part is null ? variable.SignalType : part.SignalType;
        if (variable.Unit.Length is > 0 and <= UnitLengthMax && part is not { Field.Length: > 0 })
        {
            signal["unit"] = variable.Unit;
        }

        var name = variable.DisplayName + part?.Name;
        if (variable.DisplayName.Length > 0 && !string.Equals(name, id, StringComparison.OrdinalIgnoreCase))
        {
            signal["name"] = new JsonObject { ["fr"] = name, ["en"] = name };
        }

        return signal;
    }
}
