using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Driver;

/// <summary>The OPC UA driver against the foreign server: what it watches and reads, and what it does when the link, the server or the user is not as it should be.</summary>
public sealed class OpcUaDriverTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_a_configuration_can_name_arrives_and_a_bad_variable_stops_no_other()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 4, Period = Period }, Cancellation);
        string Own(string id) => $"nsu={server.NamespaceUri};s={id}";
        JsonObject Signal(string key, string where, string type) => new() { [key] = where, ["type"] = type };
        JsonObject Part(string key, string part, string id, string type) => new() { ["node"] = Own(id), [key] = part, ["type"] = type };
        JsonObject Signals() => new()
        {
            ["path"] = Signal("path", $"/nsu={server.NamespaceUri}:Cell/Double", "f64"),
            ["text"] = Signal("node", Own("String"), "text"),
            ["u64"] = Signal("node", Own("UInt64"), "u64"),
            ["small"] = Signal("node", Own("SByte"), "i64"),
            ["on"] = Signal("node", Own("Boolean"), "bool"),
            ["time"] = Signal("node", Own("DateTime"), "text"),
            ["hello"] = Signal("node", Own("LocalizedText"), "text"),
            ["x"] = Part("field", "Position.X", "Tool", "f64"),
            ["tool"] = Part("field", "Name", "Tool", "text"),
            ["code"] = Part("field", "Codes[1]", "Tool", "i64"),
            ["third"] = Part("field", "[2]", "Doubles", "f64"),
            ["cell"] = Part("index", "1,2", "Matrix", "i64"),
            ["nofield"] = Part("field", "Position.W", "Tool", "f64"),
            ["nonode"] = Signal("node", Own("Nothing"), "f64"),
            ["nopath"] = Signal("path", "/Server/Nothing", "f64"),
            ["nospace"] = Signal("node", "nsu=urn:nobody;i=1", "f64"),
            ["notype"] = Signal("node", Own("String"), "f64"),
        };
        string[] expected =
        [
            "3.25", "Pièce n° 5", "4294967296", "-8", "true", "2026-01-02T03:04:05.0000000Z", "Bonjour", "1", "Gripper", "8", "3", "6",
            "BadNoMatch", "BadNodeIdUnknown", "BadNoMatch", "BadNodeIdUnknown", "BadTypeMismatch",
        ];
        var read = new JsonObject();
        foreach (var (id, signal) in Signals())
        {
            read[$"read.{id}"] = signal!.DeepClone();
        }

        using var cell = new DriverCell(server, 4, password: Credentials.Password, more: new JsonObject
        {
            ["watched"] = new JsonObject { ["signals"] = Signals() },
            ["read"] = new JsonObject { ["mode"] = "read", ["sampling"] = "200ms", ["signals"] = read },
        });
        var ids = Signals().Select(pair => pair.Key).ToArray();

        await cell.UntilAsync("all values and refusals", () => expected.SequenceEqual(ids.Select(cell.ValueOf)), Cancellation);
        await cell.UntilAsync("the same by reading", () => expected.SequenceEqual(ids.Select(id => cell.ValueOf($"read.{id}"))), Cancellation);
        await cell.UntilAsync("counts that go on beside the bad ones", () => cell.Counts.Values > 100, Cancellation);

        Assert.Equal(0, cell.Counts.Faults);
        Assert.Equal(6, cell.Numbers.BadItems);
    }

    [Fact]
    public async Task A_cut_link_is_resumed_in_the_same_session_and_nothing_is_missing()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 20, Period = Period }, Cancellation);
        using var line = new CuttableLine(server.Port);
        using var cell = new DriverCell(server, 20, line);
        await cell.UntilAsync("values", () => cell.Counts.Values > 100, Cancellation);
        cell.Marks.Clear();

        for (var cut = 1; cut <= 3; cut++)
        {
            line.Cut();
            await cell.UntilAsync("the loss", () => cell.Status.State == LinkState.Backoff, Cancellation);
            var far = await server.CountAsync(Cancellation) + 20;
            await cell.UntilAsync("a while without the line", () => server.CountAsync(Cancellation).GetAwaiter().GetResult() >= far, Cancellation);
            line.Mend();
            await cell.UntilAsync("values from after the cut", () => cell.Counts.AllFrom(far), Cancellation);
        }

        Assert.True(cell.Counts.Faults == 0, cell.Counts.FirstFault);
        Assert.Equal((1, 3, 0), (cell.Numbers.SessionsCreated, cell.Numbers.SessionsResumed, cell.Numbers.MessagesLost));
        Assert.Equal(Enumerable.Repeat(StatusCode.UncertainLastUsableValue, 3), cell.Marks);
        Assert.Equal(0, cell.ClockFaults);
        Assert.Equal(1, (await server.SessionsAsync(Cancellation)).Creates);
    }

    [Fact]
    public async Task A_value_that_stands_still_is_good_again_after_a_cut()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 2 }, Cancellation);
        using var line = new CuttableLine(server.Port);
        using var cell = new DriverCell(server, 2, line);
        await cell.UntilAsync("the first values", () => cell.Counts.Values == 2, Cancellation);
        cell.Marks.Clear();

        line.Cut();
        await cell.UntilAsync("the doubt", () => cell.Marks.Count == 1, Cancellation);
        line.Mend();
        await cell.UntilAsync("the same values again", () => cell.Counts.Values == 4, Cancellation);

        Assert.Equal(2, cell.Counts.Faults);
        Assert.Equal("0", cell.ValueOf("s0"));
        Assert.Equal(0, cell.ClockFaults);
    }

    [Fact]
    public async Task A_line_that_freezes_is_found_out_and_nothing_is_missing_when_it_thaws()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 5, Period = Period }, Cancellation);
        using var line = new CuttableLine(server.Port);
        using var cell = new DriverCell(server, 5, line);
        await cell.UntilAsync("values", () => cell.Counts.Values > 50, Cancellation);

        line.IsFrozen = true;
        await cell.UntilAsync("the loss", () => cell.Status.State == LinkState.Backoff, Cancellation);
        line.Cut();
        line.IsFrozen = false;
        line.Mend();
        var far = await server.CountAsync(Cancellation);
        await cell.UntilAsync("values from after the frost", () => cell.Counts.AllFrom(far), Cancellation);

        Assert.True(cell.Counts.Faults == 0, cell.Counts.FirstFault);
        Assert.Equal(1, cell.Numbers.SessionsCreated);
    }

    [Fact]
    public async Task A_server_that_was_killed_is_watched_anew_and_what_was_lost_shows()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 5, Period = Period }, Cancellation);
        using var cell = new DriverCell(server, 5);
        await cell.UntilAsync("values", () => cell.Counts.Values > 50, Cancellation);
        cell.Marks.Clear();

        server.Kill();
        await cell.UntilAsync("the loss", () => cell.Marks.Count > 0, Cancellation);
        cell.Counts.Forget();
        await server.RestartAsync(1_000_000, Cancellation);
        await cell.UntilAsync("values of its second life", () => cell.Counts.AllFrom(1_000_000), Cancellation);

        Assert.True(cell.Counts.Faults == 0, cell.Counts.FirstFault);
        Assert.Equal((2, 1), (cell.Numbers.SessionsCreated, cell.Numbers.SubscriptionsRemade));
        Assert.Equal(1, (await server.SessionsAsync(Cancellation)).LiveMax);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_and_then_seldom()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 1 }, Cancellation);
        using var cell = new DriverCell(server, 1, password: "guess");

        await cell.UntilAsync("the quarantine", () => cell.Status.State == LinkState.Quarantined, Cancellation);

        Assert.Contains("Check \"user\"", cell.Status.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", cell.Status.LastError, StringComparison.Ordinal);
        var sessions = await server.SessionsAsync(Cancellation);
        Assert.Equal((1, 0, 1), (sessions.Creates, sessions.Live, sessions.LiveMax));
    }

    [Fact]
    public async Task A_stop_ends_the_session_on_the_server()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 5, Period = Period }, Cancellation);
        using var cell = new DriverCell(server, 5);
        await cell.UntilAsync("values", () => cell.Counts.Values > 20, Cancellation);
        Assert.Equal(1, (await server.SessionsAsync(Cancellation)).Live);

        cell.Stop();

        var sessions = await server.SessionsAsync(Cancellation);
        Assert.Equal((0, 0), (sessions.Live, sessions.Subscriptions));
    }

    [Fact]
    public async Task A_server_that_does_not_trust_us_is_told_with_the_command_that_writes_our_certificate()
    {
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Strict = true, Signals = 1 }, Cancellation);
        using var cell = new DriverCell(server, 1);

        await cell.UntilAsync("the quarantine", () => cell.Status.State == LinkState.Quarantined, Cancellation);

        Assert.Matches("does not trust our certificate, ([0-9A-F]{40}): accept it there \\(written to a file by: ifedge cert export \\1 --out ours.der --data \".+\"\\)", cell.Status.LastError);
    }
}
