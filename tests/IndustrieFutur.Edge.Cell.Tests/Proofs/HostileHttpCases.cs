using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using static IndustrieFutur.Edge.Cell.Tests.Proofs.CommandSite;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What is hostile at the port: strangers, pages of other sites, bodies of no good form, and passwords that are guessed.</summary>
internal sealed class HostileHttpCases(HostileScene scene, CancellationToken cancellation)
{
    private const string Good = "{\"values\":{\"speed\":700}}";

    private const int GuessesMax = 10;

    private readonly HostileHttp _http = new(scene.Site.HttpPort);

    public IEnumerable<HostileCase> OfForm() =>
    [
        OfForm("nobody has logged in", "identity", request => request.Headers.Authorization = null),
        OfForm("a forged session", "identity", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", new string('0', 64))),
        OfForm("no idempotency key", "id", request => request.Headers.Remove("Idempotency-Key")),
        OfForm("under another name", "host", request => request.Headers.Host = "edge.example"),
        OfForm("from a page of another site", "origin", request => request.Headers.Add("Origin", "http://edge.example")),
        OfForm("a form of another site, with the cookie", "header", request =>
        {
            request.Headers.Authorization = null;
            request.Headers.Remove("X-Requested-With");
            request.Headers.Add("Cookie", $"ifedge={scene.Guards.SessionOf(Operator)}");
        }),
        OfForm("a body that is no JSON by its own word", "malformed", request => request.Content = new StringContent(Good, Encoding.UTF8, "text/plain")),
        .. Bodies().Select(one => new HostileCase($"HTTP: {one.What}", "malformed", () => SendAsync("free", one.Body))),
    ];

    public IEnumerable<HostileCase> OfTheGate() =>
    [
        new("HTTP: an observer", "identity", () => SendAsync("free", Good, Observer)),
        new("HTTP: an id of 65 letters", "id", () => SendAsync("free", Good, id: new string('i', 65))),
        new("HTTP: a role that does not do", "allow", () => SendAsync("service", Good)),
        new("HTTP: a command that was never declared", "allow", () => SendAsync("power.on", Good)),
        new("HTTP: level 2 at once", "level", () => SendAsync("careful", Good)),
        new("HTTP: a forged token", "token", () => SendAsync("careful", "{\"token\":\"00112233445566778899aabbccddeeff\",\"values\":{\"speed\":700}}", step: "execute")),
        new("HTTP: without the lease", "lease", () => SendAsync("go", Good, step: "prepare")),
        new("HTTP: expired", "expiry", () => SendAsync("free", With($"\"expires\":{MqttCommander.In(TimeSpan.FromSeconds(-2))}"))),
        new("HTTP: an expiry an hour ahead", "expiry", () => SendAsync("free", With($"\"expires\":{MqttCommander.In(TimeSpan.FromHours(1))}"))),
        new("HTTP: an expiry at the end of time", "expiry", () => SendAsync("free", With($"\"expires\":{long.MaxValue}"))),
        .. Values().Select(one => new HostileCase($"HTTP: {one.What}", "limits", () => SendAsync("free", $"{{\"values\":{one.Values}}}"))),
    ];

    /// <summary>A password that is guessed: after some guesses nobody is heard for a while.</summary>
    public HostileCase Guessed() => new("HTTP: a password guessed again and again", "rate", async () =>
    {
        var answer = new JsonObject();
        for (var guess = 0; guess < GuessesMax && (string?)answer["code"] != "rate"; guess++)
        {
            answer = await _http.SendAsync("login", "none", "login", $"{{\"user\":\"{Operator}\",\"password\":\"guess {guess}\"}}", _ => { }, cancellation);
            Assert.True(answer["session"] is null, "a guess was right");
        }

        return answer;
    });

    private static IEnumerable<(string What, string Body)> Bodies() =>
    [
        ("broken JSON", "{\"values\":{"),
        ("a list", "[]"),
        ("an unknown key", With("\"force\":true")),
        ("a key twice", With("\"values\":{}")),
        ("values as a list", "{\"values\":[700]}"),
        ("six levels", "{\"values\":{\"speed\":[[[[1]]]]}}"),
        ("two thousand lists", new string('[', 2_000)),
        ("an expiry as a text", With("\"expires\":\"1\"")),
        ("an expiry beyond all numbers", With("\"expires\":1e999")),
        ("a token that is a number", With("\"token\":7")),
        ("a NUL in the JSON", "{\"values\":{\"spe\0ed\":700}}"),
        ("9,000 bytes", With($"\"reason\":\"{new string('x', 9_000)}\"")),
        ("a megabyte", With($"\"reason\":\"{new string('x', 1_000_000)}\"")),
    ];

    private static IEnumerable<(string What, string Values)> Values() =>
    [
        ("a number beyond all numbers", "{\"speed\":1e999}"),
        ("a number of a thousand digits", $"{{\"speed\":{new string('9', 1_000)}}}"),
        ("values in values", "{\"speed\":{\"is\":700}}"),
        ("no value", "{\"speed\":null}"),
        ("a number with a NUL", "{\"speed\":\"700\\u0000\"}"),
        ("five values", "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"speed\":700}"),
    ];

    private static string With(string more) => $"{{\"values\":{{\"speed\":700}},{more}}}";

    private HostileCase OfForm(string what, string rule, Action<HttpRequestMessage> shape) =>
        new($"HTTP: {what}", rule, () => _http.SendAsync("commands/free:submit", scene.Guards.SessionOf(Operator), scene.Guards.NewId(), Good, shape, cancellation));

    private Task<JsonObject> SendAsync(string command, string body, string user = Operator, string step = "submit", string id = "") =>
        _http.SendAsync($"commands/{command}:{step}", scene.Guards.SessionOf(user), id.Length > 0 ? id : scene.Guards.NewId(), body, _ => { }, cancellation);
}
