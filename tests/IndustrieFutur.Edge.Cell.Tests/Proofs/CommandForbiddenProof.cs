using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// What is never offered can neither be configured nor reached: every form of it is refused by the check with its own sentence, and whatever anybody sends to a
/// running service, the simulated cobot's dashboard hears nothing but its questions and the verbs that are declared, byte for byte.
/// </summary>
public sealed class CommandForbiddenProof
{
    private const int ConfigurationInvalid = 3;
    private const int Done = 0;

    /// <summary>All that the driver of the dashboard ever asks.</summary>
    private static readonly string[] Questions =
    [
        "robotmode", "safetymode", "safetystatus", "running", "programState", "get loaded program", "get operational mode", "is in remote control",
    ];

    private static readonly string[] Orders = [$"load {ForbiddenScene.Program}", "play", "pause", "stop"];

    /// <summary>Texts that would be another line, or another word, if anything of them were sent.</summary>
    private static readonly string[] Hostile =
    [
        "play\npower on", "\npower on\n", $"{ForbiddenScene.Program}\npower on", $"{ForbiddenScene.Program}\n", $"{ForbiddenScene.Program}\r\nplay\r\n", $"{ForbiddenScene.Program}\r",
        $"{ForbiddenScene.Program}\0", "\0power on", $"{ForbiddenScene.Program}\u0085power on", $"{ForbiddenScene.Program}\u2028power on", $"{ForbiddenScene.Program}\u2029power on",
        $"{ForbiddenScene.Program}\vpower on", $"{ForbiddenScene.Program} ", $" {ForbiddenScene.Program}", "../../etc/passwd.urp", "/programs/" + ForbiddenScene.Program, "PICK-AND-PLACE.URP",
        "brake release", "unlock protective stop", "%0apower on", "\\npower on", "0", "1", "-1", "NaN", "1e999", "\u0660", "ｐick-and-place.urp", "\ud800", "",
        new string('a', 10_240), string.Concat(Enumerable.Repeat("\npower on\n", 1_024)),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "command-forbidden")]
    public async Task What_is_never_offered_can_neither_be_configured_nor_reached()
    {
        var configured = CheckConfigurations();
        await using var broker = await Mosquitto.StartProcessAsync("allow_anonymous true", Cancellation);
        using var scene = await ForbiddenScene.StartAsync(broker.Port, Cancellation);
        var sent = await OfferedAsync(scene);
        var (http, mqtt, terminal) = (await ByHttpAsync(scene), await ByMqttAsync(scene), ByTerminal(scene));
        await AssertCallsAsync(scene);
        await AssertNotPlayedAsync(scene);
        var lines = AssertHeard(scene, sent);

        // The other part, the compiled code, is a test of the other program, which has said its figure by now.
        var code = Environment.GetEnvironmentVariable("EDGE_PROOF_FIGURE") is { Length: > 0 } path && File.Exists(path) ? (await File.ReadAllTextAsync(path, Cancellation)).Trim() : "";
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{(code.Length > 0 ? code + "; " : "")}{configured}; {http + mqtt + terminal} hostile requests ({http} HTTP, {mqtt} MQTT, {terminal} command line): none done; the dashboard heard {lines} lines, {sent} of them declared orders and the others questions, and not a byte else; GetReady under another id called 0 times by the server's own count"));
    }

    private static string CheckConfigurations()
    {
        var folder = Directory.CreateTempSubdirectory("edge-forbidden-check-").FullName;
        try
        {
            var file = Path.Combine(folder, "edge.json");
            File.WriteAllText(file, ForbiddenCell.InOrder().ToJsonString());
            var inOrder = EdgeConfiguration.Load(file, DriverCatalog.All, new Dictionary<string, string>());
            Assert.True(inOrder.Configuration is not null, $"the cell that is to be in order: {string.Join("; ", inOrder.Mistakes)}");
            var wrong = ForbiddenCases.All.Select(one => (Case: one, Mistake: MistakeOf(file, one))).Where(one => one.Mistake is not null).ToArray();
            Assert.True(wrong.Length == 0, $"{wrong.Length} of {ForbiddenCases.All.Count}:\n{string.Join("\n", wrong.Select(one => $"{one.Case.What}: {one.Mistake}"))}");

            // The program itself, in a process of its own, for some: it takes half a second each.
            var apart = Proof.Length(4, 40);
            var checkedByProgram = ForbiddenCases.All.Where((_, place) => place % apart == 0).ToArray();
            foreach (var one in checkedByProgram)
            {
                Write(file, one);
                using var check = EdgeProcess.Start(folder, "check", file);
                Assert.True(
                    check.WaitForExit(TimeSpan.FromSeconds(60)) == ConfigurationInvalid && check.Output.Contains(one.Says, StringComparison.Ordinal),
                    $"{one.What}: {check.Output}{check.Errors}");
            }

            return string.Create(CultureInfo.InvariantCulture, $"{ForbiddenCases.All.Count} forbidden configurations refused, each with its own sentence at its place ({checkedByProgram.Length} of them by the program itself too)");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Null: refused as it must be.</summary>
    private static string? MistakeOf(string file, ForbiddenCase one)
    {
        Write(file, one);
        var reading = EdgeConfiguration.Load(file, DriverCatalog.All, new Dictionary<string, string>());
        return reading.Configuration is not null ? "is accepted"
            : reading.Mistakes.Any(mistake => mistake.Path.StartsWith(one.Path, StringComparison.Ordinal) && mistake.Message.Contains(one.Says, StringComparison.Ordinal)) ? null
            : $"expected \"{one.Says}\" at {one.Path}, and it says {string.Join("; ", reading.Mistakes)}";
    }

    private static void Write(string file, ForbiddenCase one)
    {
        var cell = ForbiddenCell.InOrder();
        one.Change(cell);
        File.WriteAllText(file, cell.ToJsonString());
    }

    /// <summary>What is declared is done, so that silence means something. Returns how many lines that are.</summary>
    private static async Task<int> OfferedAsync(ForbiddenScene scene)
    {
        foreach (var answer in new[]
        {
            await scene.LoadAsync(ForbiddenScene.Program), await scene.PlayAsync(), await scene.AskAsync("pause", []), await scene.AskAsync("stop", []),
        })
        {
            Assert.True((string?)answer["outcome"] == "confirmed", answer.ToJsonString());
        }

        // What a person gives as the reason is for the audit alone.
        const int reasons = 3;
        foreach (var reason in Hostile.Take(reasons))
        {
            var stopped = await scene.AskAsync("stop", new JsonObject { ["reason"] = reason });
            Assert.True((string?)stopped["outcome"] == "rejected", stopped.ToJsonString());
        }

        var mqtt = await scene.RequestAsync(new JsonObject { ["command"] = "load", ["values"] = new JsonObject { ["program"] = ForbiddenScene.Program } });
        Assert.True((string?)mqtt["outcome"] == "confirmed", mqtt.ToJsonString());
        Assert.Equal(Done, scene.Ask("load", $"program={ForbiddenScene.Program}"));
        return 6 + reasons;
    }

    private static async Task<int> ByHttpAsync(ForbiddenScene scene)
    {
        var asked = 0;
        foreach (var text in Hostile)
        {
            JsonNode Word() => JsonValue.Create(text)!;
            asked += await RefusedAsync(() => scene.LoadAsync(Word()));
            asked += await RefusedAsync(() => scene.AskAsync("load", new JsonObject { ["values"] = new JsonObject { ["program"] = Word() } }, "prepare"));
            asked += await RefusedAsync(() => scene.AskAsync("stop", new JsonObject { ["values"] = new JsonObject { ["program"] = Word() } }));
            asked += await RefusedAsync(() => scene.AskAsync("play", new JsonObject { ["token"] = Word(), ["reason"] = Word() }, "execute"));
            if (text.Length is > 0 and < 1_000)
            {
                asked += await RefusedAsync(() => scene.AskAsync(text, []));
            }
        }

        foreach (var json in new[] { "0", "1", "-1", "0.5", "1e308", "true", "null", "[\"play\"]", "{\"verb\":\"power on\"}" })
        {
            asked += await RefusedAsync(() => scene.LoadAsync(JsonNode.Parse(json)));
        }

        return asked;
    }

    private static async Task<int> ByMqttAsync(ForbiddenScene scene)
    {
        var asked = 0;
        foreach (var text in Hostile.Where(text => text.Length < 1_000))
        {
            asked += Refused(await scene.RequestAsync(new JsonObject { ["command"] = "load", ["values"] = new JsonObject { ["program"] = text } }));
            asked += Refused(await scene.RequestAsync(new JsonObject { ["command"] = text, ["reason"] = text }));
        }

        // Nobody needs to answer these; what is asked after them is answered.
        string[] bodies = ["power on\n", "\npower on\n", new string('\n', 4_000), $"{{\"command\":\"load\",\"id\":\"x\",\"values\":{{\"program\":\"{ForbiddenScene.Program}\"}}}}\npower on\n", .. Hostile.Where(text => text.Length >= 1_000)];
        foreach (var body in bodies)
        {
            await scene.SayAsync(body);
        }

        return asked + bodies.Length;
    }

    /// <summary>Each takes a second; an argument of a program has no NUL and no half letters.</summary>
    private static int ByTerminal(ForbiddenScene scene)
    {
        var texts = Hostile.Where(text => !text.Contains('\0', StringComparison.Ordinal) && !text.Any(char.IsSurrogate)).Take(Proof.Length(int.MaxValue, 3)).ToArray();
        foreach (var text in texts)
        {
            var exitCode = scene.Ask("load", $"program={text}");
            Assert.True(exitCode != Done, $"\"{text}\" was done");
        }

        Assert.NotEqual(Done, scene.Ask("play\npower on"));
        return texts.Length + 1;
    }

    /// <summary>A method is what its server calls it, not what its id says.</summary>
    private static async Task AssertCallsAsync(ForbiddenScene scene)
    {
        var (before, _, _) = scene.Machines.Calls;
        var ready = await scene.AskAsync("ready", []);
        Assert.True((string?)ready["outcome"] == "refused" && ((string?)ready["text"]?["en"] ?? "").Contains("never commanded from here", StringComparison.Ordinal), ready.ToJsonString());
        Assert.Equal((before, 0, 0), scene.Machines.Calls);
        var greeted = await scene.AskAsync("greet", []);
        Assert.True((string?)greeted["outcome"] == "confirmed", greeted.ToJsonString());
        Assert.Equal((before + 1, 1, 0), scene.Machines.Calls);
    }

    /// <summary>Without a person's leave at the pendant the robot is asked, and not played.</summary>
    private static async Task AssertNotPlayedAsync(ForbiddenScene scene)
    {
        scene.Machines.SetRemote(false);
        var answer = await scene.PlayAsync();
        Assert.True(
            (string?)answer["outcome"] == "refused" && ((string?)answer["text"]?["en"] ?? "").Contains("switch remote control on at the pendant", StringComparison.Ordinal),
            answer.ToJsonString());
    }

    /// <summary>Each byte that came for the dashboard is one of a line that it may hear. Returns how many lines that are.</summary>
    private static int AssertHeard(ForbiddenScene scene, int sent)
    {
        var (bytes, lines) = (scene.Machines.Relay.Bytes, scene.Machines.Relay.Lines);
        Assert.True(bytes.All(one => one is (byte)'\n' or (>= (byte)' ' and <= (byte)'~')), "something came that is no printable letter");
        var strange = lines.Where(line => !Questions.Contains(line) && !Orders.Contains(line)).Distinct().ToArray();
        Assert.True(strange.Length == 0, $"the dashboard heard {string.Join(" | ", strange)}");
        Assert.Equal((sent, sent), (lines.Count(line => Orders.Contains(line)), (int)scene.Machines.Orders));
        return lines.Length;
    }

    private static async Task<int> RefusedAsync(Func<Task<JsonObject>> askAsync)
    {
        var answer = await askAsync();
        Assert.True((string?)answer["outcome"] is null or "refused", answer.ToJsonString());
        Assert.True(answer["token"] is null, answer.ToJsonString());
        return 1;
    }

    private static int Refused(JsonNode answer)
    {
        Assert.True((string?)answer["outcome"] == "refused", answer.ToJsonString());
        return 1;
    }
}
