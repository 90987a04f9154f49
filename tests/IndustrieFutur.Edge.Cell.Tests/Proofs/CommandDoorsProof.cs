using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The program of the simulated cobot played, paused and stopped and the conveyor's speed set by each door: Confirmed by what was read back, and seen in the
/// simulators themselves. A controller that does not answer: Unknown, and exactly one order has reached it.
/// </summary>
public sealed class CommandDoorsProof
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Longer than the driver waits for an answer; then the controller does it after all.</summary>
    private static readonly TimeSpan AnswerDelay = TimeSpan.FromSeconds(2);

    /// <summary>If anything were sent once more, it would be by then.</summary>
    private static readonly TimeSpan Quiet = Proof.Length(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private delegate Task<JsonObject> Door(string device, string command, JsonObject values, bool isPrepared);

    [Fact]
    [Trait("Proof", "command-doors")]
    public async Task Each_door_commands_the_machines_and_a_silent_one_is_told_once()
    {
        await using var scene = await DoorsScene.StartAsync(Cancellation);
        var early = await scene.ByHttpAsync("dash", "program.play", [], isPrepared: true);
        Assert.True((string?)early["code"] == "lease" && scene.Dashboard.Orders == 0, $"played without a lease: {early.ToJsonString()}");
        scene.TakeLease();

        var figures = new List<string>();
        var speed = 100;
        foreach (var (name, door) in new (string, Door)[] { ("mqtt", scene.ByMqttAsync), ("http", scene.ByHttpAsync), ("cli", scene.ByCliAsync) })
        {
            speed += 50;
            figures.Add($"{name} {await ThroughAsync(scene, name, door, speed)}");
        }

        figures.Add($"sparkplug {await BySparkplugAsync(scene, 330)}");
        await RejectedAsync(scene);
        var silent = await SilentAsync(scene);
        AssertOnce(scene);
        Proof.Say($"play (prepared, with a lease taken at the cell), pause, stop and the conveyor's speed, each Confirmed by what was read back and seen in the simulator: {string.Join(", ", figures)} (ms); {silent}");
    }

    /// <summary>Returns how long each took, in milliseconds.</summary>
    private static async Task<string> ThroughAsync(DoorsScene scene, string name, Door door, int speed)
    {
        var orders = scene.Dashboard.Orders;
        var millis = new List<long>();
        foreach (var (command, state) in new[] { ("program.play", RuntimeState.Playing), ("program.pause", RuntimeState.Paused), ("program.stop", RuntimeState.Stopped) })
        {
            millis.Add(Confirmed(scene, name, await door("dash", command, [], command == "program.play")));
            Assert.True(DoorsScene.StateOf(scene.Cobot) == state, $"{command} by {name} is Confirmed, and the arm's program is {DoorsScene.StateOf(scene.Cobot)}");
        }

        Assert.True(scene.Dashboard.Orders == orders + 3, $"by {name} {scene.Dashboard.Orders - orders} orders reached the arm instead of 3");
        millis.Add(Confirmed(scene, name, await door("belt", "belt.speed", new JsonObject { ["speed"] = speed }, false)));
        await SeesSpeedAsync(scene, speed);
        return string.Join('/', millis);
    }

    /// <summary>The outcome, and that it stands in the audit under the door it came by.</summary>
    private static long Confirmed(DoorsScene scene, string door, JsonObject answer)
    {
        Assert.True((string?)answer["outcome"] == "confirmed", $"by {door}: {answer.ToJsonString()}");
        var line = Audit(scene).Single(record => record.Sequence == (long)answer["audit"]!);
        Assert.Equal((AuditKind.Outcome, "Confirmed", door, CommandSite.Operator), (line.Kind, line.Outcome, line.Door, line.Who));
        return line.Millis;
    }

    private static async Task SeesSpeedAsync(DoorsScene scene, int speed)
    {
        await Until.TrueAsync(
            $"the belt to move at {speed} mm/s",
            Patience,
            () => scene.Belt.Plc.State is var state && state.SpeedSetpointMillimetresPerSecond == speed && Math.Abs(state.SpeedMillimetresPerSecond - speed) < 5,
            Cancellation);
    }

    private static async Task<string> BySparkplugAsync(DoorsScene scene, int speed)
    {
        await scene.WriteByHostAsync("belt", "setpoint", speed);
        AuditRecord? line = null;
        await Until.TrueAsync(
            "the host's order to have its outcome",
            Patience,
            () => (line = Audit(scene).FirstOrDefault(record => record is { Kind: AuditKind.Outcome, Door: "sparkplug" })) is not null,
            Cancellation);
        Assert.Equal(("Confirmed", "belt.speed", CommandSite.Second), (line!.Outcome, line.Command, line.Who));
        await SeesSpeedAsync(scene, speed);
        return line.Millis.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What the arm itself refuses is told in its words.</summary>
    private static async Task RejectedAsync(DoorsScene scene)
    {
        var answer = await scene.ByHttpAsync("dash", "program.pause", [], isPrepared: false);
        Assert.True(
            (string?)answer["outcome"] == "rejected" && ((string?)answer["text"]!["en"])!.Contains("Failed to execute: pause", StringComparison.Ordinal), answer.ToJsonString());
    }

    /// <summary>A dashboard that answers too late, told by the command line, and a machine that never answers, told over MQTT.</summary>
    private static async Task<string> SilentAsync(DoorsScene scene)
    {
        Assert.Equal(RuntimeState.Playing, DoorsScene.StateOf(scene.Slow));
        var (orders, writes) = (scene.SlowDashboard.Orders, scene.Site.Machine.Writes.Count);
        scene.SlowDashboard.AnswerDelay = AnswerDelay;
        scene.Site.Machine.IsMute = true;
        var answers = await Task.WhenAll(
            scene.ByCliAsync("slow", "slow.stop", [], isPrepared: false),
            scene.ByMqttAsync("plc", "speed", new JsonObject { ["speed"] = 42 }, isPrepared: false));
        Assert.All(answers, answer => Assert.True((string?)answer["outcome"] == "unknown", answer.ToJsonString()));
        await Task.Delay(Quiet, TimeProvider.System, Cancellation);
        var (told, written) = (scene.SlowDashboard.Orders - orders, scene.Site.Machine.Writes.Count - writes);
        Assert.True(told == 1 && written == 1, $"{told} orders reached the late dashboard, and {written} writes the mute machine, instead of one each");
        Assert.Equal(RuntimeState.Stopped, DoorsScene.StateOf(scene.Slow));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"a dashboard that answers too late and a machine that never does: Unknown both, and 1 order has reached each, {Quiet.TotalSeconds:0} s later still 1");
    }

    /// <summary>Each order has one outcome.</summary>
    private static void AssertOnce(DoorsScene scene)
    {
        var records = Audit(scene);
        Assert.Equal(
            records.Where(record => record.Kind == AuditKind.Ordered).Select(record => record.Sequence).Order(),
            records.Where(record => record.Kind == AuditKind.Outcome).Select(record => record.Of).Order());
    }

    private static AuditRecord[] Audit(DoorsScene scene) => [.. AuditReader.Read(Path.Combine(scene.Site.Data, "audit"))];
}
