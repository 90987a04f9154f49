using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Northbound.Commands;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A running edge that may load, play, pause and stop the simulated cobot by its dashboard, and whoever asks it by HTTP, MQTT and the command line.</summary>
internal sealed class ForbiddenScene : IDisposable
{
    public const string Program = "pick-and-place.urp";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The listener looks at 50 messages a second of one user, and says nothing of the rest.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(40);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-forbidden-site-").FullName;
    private readonly CancellationToken _cancellation;
    private CommandSite? _site;
    private Person? _person;
    private string _session = "";
    private int _ids;

    private ForbiddenScene(CancellationToken cancellation) => _cancellation = cancellation;

    public ForbiddenMachines Machines { get; } = new();

    public CommandSite Site => _site!;

    public static async Task<ForbiddenScene> StartAsync(int brokerPort, CancellationToken cancellation)
    {
        var scene = new ForbiddenScene(cancellation);
        try
        {
            scene._site = await CommandSite.StartAsync(true, cell => scene.Change(cell, brokerPort), cancellation);
            scene._session = await scene.Site.Page.LogInAsync(CommandSite.Operator, CommandSite.Password, cancellation);
            scene._person = await Person.ConnectAsync(brokerPort, cancellation);
            await scene.IsHeardAsync();
            return scene;
        }
        catch
        {
            scene.Dispose();
            throw;
        }
    }

    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"forbidden-{++_ids}");

    /// <summary>Asks by HTTP; not more often than a person's hands could.</summary>
    public async Task<JsonObject> AskAsync(string command, JsonObject body, string step = "submit")
    {
        JsonObject answer = [];
        await Until.TrueAsync(
            "a request to be looked at",
            Patience,
            async token =>
            {
                (_, answer) = await Site.Page.AskAsync(_session, Uri.EscapeDataString(command), step, NewId(), (JsonObject)body.DeepClone(), token);
                return (string?)answer["code"] != "rate";
            },
            _cancellation);
        return answer;
    }

    public Task<JsonObject> LoadAsync(JsonNode? program) => AskAsync("load", new JsonObject { ["values"] = new JsonObject { ["program"] = program } });

    /// <summary>The lease, what is prepared, and its execution.</summary>
    public async Task<JsonObject> PlayAsync()
    {
        var (status, lease) = await Site.Page.PostAsync("lease", _session, [], _cancellation);
        Assert.True(status == HttpStatusCode.OK, lease.ToJsonString());
        var prepared = await AskAsync("play", [], "prepare");
        Assert.True(prepared["token"] is not null, prepared.ToJsonString());
        return await AskAsync("play", new JsonObject { ["token"] = prepared["token"]!.GetValue<string>() }, "execute");
    }

    /// <summary>Asks by MQTT and hears the answer.</summary>
    public async Task<JsonNode> RequestAsync(JsonObject body)
    {
        JsonNode answer = new JsonObject();
        await Until.TrueAsync(
            "a request to be looked at",
            Patience,
            async token =>
            {
                // First, so that what is wrong behind it still finds its way back.
                JsonObject request = new() { ["id"] = NewId() };
                foreach (var (key, value) in body)
                {
                    request[key] = value?.DeepClone();
                }

                await Task.Delay(Apart, TimeProvider.System, token);
                await SayAsync(request.ToJsonString());
                (_, answer) = await _person!.HearAsync(token);
                return (string?)answer["rule"] != "rate";
            },
            _cancellation);
        return answer;
    }

    /// <summary>Asks by MQTT with whatever bytes; perhaps nobody answers.</summary>
    public Task SayAsync(string body) =>
        _person!.SayAsync(body, _cancellation, message => message.WithTopic($"edge/v1/g/e/dash/command/{CommandSite.Operator}").WithMessageExpiryInterval(5));

    /// <summary>Asks at a terminal; returns the exit code.</summary>
    public int Ask(string command, params string[] values)
    {
        var (exitCode, _, _) = Site.Verb(["command", command, .. values, "--user", CommandSite.Operator, "--password", "env:PROOF_PASSWORD", "--yes", "--config", Site.File]);
        return exitCode;
    }

    public void Dispose()
    {
        _person?.Dispose();
        _site?.Dispose();
        Machines.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The listener has a connection of its own, which may come after the rest.</summary>
    private Task IsHeardAsync() => Until.TrueAsync(
        "the listener to hear",
        Patience,
        async token => (bool?)(await Site.Page.WholeStatusAsync(token))["listeners"]!.AsArray().SingleOrDefault()?["connected"] ?? false,
        _cancellation);

    private void Change(JsonObject cell, int brokerPort)
    {
        (cell["group"], cell["edge"]) = ("g", "e");
        cell.Remove("broker");
        var password = Path.Combine(_folder, "password");
        File.WriteAllText(password, "any");
        var sink = cell["sinks"]!["site"]!;
        (sink["url"], sink["commands"], sink["user"], sink["password"]) = ($"mqtt://127.0.0.1:{brokerPort}", true, "edge1", $"file:{password}");
        cell["devices"]!["dash"] = Dashboard();
        cell["devices"]!["ua"] = OpcUa();
        var all = cell["commands"]!["commands"]!.AsObject();
        all["load"] = Of("dash/load", "dash/program == 0", level: 1);
        all["load"]!["parameters"] = new JsonObject { ["program"] = new JsonObject() };
        all["play"] = Of("dash/play", "dash/program == 1", level: 2);
        all["pause"] = Of("dash/pause", "dash/program == 2", level: 1);
        all["stop"] = Of("dash/stop", "dash/program == 0", level: 1);
        all["ready"] = Of("ua/ready", "plc/safety", level: 1);
        all["greet"] = Of("ua/greet", "plc/safety", level: 1);
    }

    private JsonObject Dashboard()
    {
        var dash = Configurations.Tcp(Machines.Relay.Port);
        dash["driver"] = "dashboard";
        dash["groups"] = new JsonObject
        {
            ["all"] = new JsonObject { ["interval"] = "100ms", ["signals"] = new JsonObject { ["program"] = new JsonObject { ["query"] = "programState" } } },
        };
        dash["targets"] = new JsonObject
        {
            ["load"] = new JsonObject { ["verb"] = "load", ["programs"] = new JsonArray(Program) },
            ["play"] = new JsonObject { ["verb"] = "play" },
            ["pause"] = new JsonObject { ["verb"] = "pause" },
            ["stop"] = new JsonObject { ["verb"] = "stop" },
        };
        return dash;
    }

    private JsonObject OpcUa()
    {
        JsonObject Method(string id) => new() { ["object"] = $"{ForbiddenMachines.Maker};s=Cell1", ["method"] = $"{ForbiddenMachines.Maker};s={id}" };
        return new JsonObject
        {
            ["driver"] = "opcua",
            ["endpoint"] = Machines.OpcUaUrl,
            ["security"] = new JsonObject { ["policy"] = "None" },
            ["allowInsecure"] = true,
            ["groups"] = new JsonObject
            {
                ["all"] = new JsonObject { ["sampling"] = "100ms", ["signals"] = new JsonObject { ["state"] = new JsonObject { ["node"] = "i=2259", ["type"] = "i64" } } },
            },
            ["targets"] = new JsonObject { ["ready"] = Method("m1"), ["greet"] = Method("m2") },
        };
    }

    private static JsonObject Of(string target, string effect, int level) => new()
    {
        ["name"] = new JsonObject { ["fr"] = target, ["en"] = target },
        ["target"] = target,
        ["level"] = level,
        ["effect"] = new JsonObject { ["when"] = effect, ["within"] = "3s" },
    };
}
