using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using static IndustrieFutur.Edge.Cell.Tests.Proofs.CommandSite;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What is hostile at the broker: messages of no good form, of others than they say, of another time.</summary>
internal sealed class HostileMqttCases(HostileScene scene, CancellationToken cancellation)
{
    private const string Good = "{\"speed\":700}";

    /// <summary>Refused before anybody is asked.</summary>
    public IEnumerable<HostileCase> OfForm() =>
    [
        .. Bodies().Select(one => new HostileCase($"MQTT: {one.What}", "malformed", () => scene.SayAsync(Operator, one.Body))),
        new("MQTT: letters that are no UTF-8", "malformed", () => SendAsync(Operator, [.. "{\"command\":\""u8, 0xC3, 0x28, .. "\"}"u8])),
        new("MQTT: bytes at random", "malformed", () => SendAsync(Operator, RandomBytes(1_000))),
        new("MQTT: a user of 65 letters", "malformed", () => scene.SayAsync(new string('u', 65), Body())),
        new("MQTT: a user without a name", "malformed", () => scene.SayAsync("", Body())),
        new("MQTT: on another device's topic", "malformed", () => scene.First.AskAsync(MqttCommander.Topic("cage", Operator), Encoding.UTF8.GetBytes(Body()), cancellation)),
        new("MQTT: without an expiry", "expiry", () => scene.SayAsync(Operator, $$"""{"command":"free","id":"{{scene.Guards.NewId()}}","values":{{Good}}}""")),
        new("MQTT: an expiry an hour ahead", "expiry", () => scene.SayAsync(Operator, Body(expires: MqttCommander.In(TimeSpan.FromHours(1))))),
        new("MQTT: an expiry at the end of time", "expiry", () => scene.SayAsync(Operator, Body(expires: long.MaxValue))),
        new("MQTT: an hour by the message itself", "expiry", () => scene.First.AskAsync(
            HostileScene.Topic(Operator), Encoding.UTF8.GetBytes($$"""{"command":"free","id":"form","values":{{Good}}}"""), cancellation, message => message.WithMessageExpiryInterval(3_600))),
        new("MQTT: retained", "retained", () => RetainedAsync(Body())),
        new("MQTT: retained and malformed", "retained", () => RetainedAsync("{")),
    ];

    /// <summary>Refused by the gate.</summary>
    public IEnumerable<HostileCase> OfTheGate() =>
    [
        OfGate("an unknown user", "identity", "mallory"),
        OfGate("a user in other letters", "identity", "LEA"),
        OfGate("a user with a blank", "identity", "lea "),
        OfGate("an observer", "identity", Observer),
        OfGate("a role that does not do", "allow", Operator, "service"),
        OfGate("another's command", "allow", Operator, "private"),
        OfGate("a command that was never declared", "allow", Operator, "power.on"),
        OfGate("level 2 at once", "level", Operator, "careful"),
        OfGate("a forged token", "token", Operator, "careful", more: ",\"step\":\"execute\",\"token\":\"00112233445566778899aabbccddeeff\""),
        OfGate("what needs a lease, from afar", "lease", Operator, "go", more: ",\"step\":\"prepare\""),
        new("MQTT: expired", "expiry", () => scene.SayAsync(Operator, Body(id: NewId(), expires: MqttCommander.In(TimeSpan.FromSeconds(-2))))),
        new("MQTT: expired in 1970", "expiry", () => scene.SayAsync(Operator, Body(id: NewId(), expires: 1))),
        .. Values().Select(one => OfGate(one.What, "limits", Operator, values: one.Values)),
    ];

    private static IEnumerable<(string What, string Body)> Bodies() =>
    [
        ("nothing", ""),
        ("a blank", " "),
        ("broken JSON", "{\"command\":\"free\",\"id\":\"form\""),
        ("a list", "[]"),
        ("null", "null"),
        ("two objects", Body() + Body()),
        ("an unknown key", Body(more: ",\"force\":true")),
        ("a register to write", Body(more: ",\"address\":\"holding:0\"")),
        ("a key twice", Body(more: ",\"command\":\"halt\"")),
        ("a value twice", Body(values: "{\"speed\":700,\"speed\":701}")),
        ("five values", Body(values: "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"speed\":700}")),
        ("values in values", Body(values: "{\"speed\":{\"is\":700}}")),
        ("values as a list", Body(values: "[700]")),
        ("no value", Body(values: "{\"speed\":null}")),
        ("two thousand lists", new string('[', 2_000)),
        ("eight hundred objects", string.Concat(Enumerable.Repeat("{\"a\":", 800))),
        ("a command that is a number", Body(command: "7")),
        ("a command that is a list", Body(command: "[\"free\"]")),
        ("an id that is a number", Body(id: "7")),
        ("an id of 65 letters", Body(id: $"\"{new string('i', 65)}\"")),
        ("an id that is a topic", Body(id: "\"a/b/#\"")),
        ("an empty id", Body(id: "\"\"")),
        ("an id with a NUL", Body(id: "\"a\\u0000b\"")),
        ("a command with a line end", Body(command: "\"free\\n\"")),
        ("a step that is none", Body(more: ",\"step\":\"jog\"")),
        ("a reason with control characters", Body(more: ",\"reason\":\"\\u001b[2J\"")),
        ("a reason of 300 letters", Body(more: $",\"reason\":\"{new string('r', 300)}\"")),
        ("a NUL in the JSON", "{\"command\":\"free\0\",\"id\":\"form\"}"),
        ("half a letter", Body(command: "\"\\ud800\"")),
        ("an expiry in words", Body().Replace("\"expires\":", "\"expires\":\"soon\",\"x\":", StringComparison.Ordinal)),
        ("a number of a thousand digits", Body(values: $"{{\"speed\":{new string('9', 1_000)}}}")),
        ("5,000 bytes", Body(more: $",\"reason\":\"{new string('x', 5_000)}\"")),
    ];

    private static IEnumerable<(string What, string Values)> Values() =>
    [
        ("a number beyond all numbers", "{\"speed\":1e999}"),
        ("a huge number", "{\"speed\":1e308}"),
        ("a number below the limits", "{\"speed\":-1}"),
        ("half a step", "{\"speed\":700.5}"),
        ("not a number", "{\"speed\":\"NaN\"}"),
        ("a number with a NUL", "{\"speed\":\"700\\u0000\"}"),
        ("a number with a line end", "{\"speed\":\"700\\n\"}"),
        ("a formula", "{\"speed\":\"700+0\"}"),
        ("a condition", "{\"speed\":true}"),
        ("a value of no name", "{\"speed\":700,\"sp\\u0000eed\":1}"),
        ("no value at all", "{}"),
    ];

    /// <summary>A good request, but for what is given, as JSON.</summary>
    private static string Body(string more = "", string values = Good, string command = "\"free\"", string id = "\"form\"", long expires = 0) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"command\":{command},\"id\":{id},\"values\":{values},\"expires\":{(expires != 0 ? expires : MqttCommander.In(TimeSpan.FromSeconds(20)))}{more}}}");

    private string NewId() => $"\"{scene.Guards.NewId()}\"";

    private HostileCase OfGate(string what, string rule, string user, string command = "free", string values = Good, string more = "") =>
        new($"MQTT: {what}", rule, () => scene.SayAsync(user, Body(more, values, $"\"{command}\"", NewId())));

    private Task<JsonObject> RetainedAsync(string body) =>
        scene.First.AskAsync(HostileScene.Topic(Operator), Encoding.UTF8.GetBytes(body), cancellation, message => message.WithRetainFlag());

    private Task<JsonObject> SendAsync(string user, byte[] body) => scene.First.AskAsync(HostileScene.Topic(user), body, cancellation);

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
