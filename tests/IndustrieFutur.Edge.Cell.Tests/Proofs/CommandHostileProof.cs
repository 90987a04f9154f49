using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using MQTTnet.Protocol;
using static IndustrieFutur.Edge.Cell.Tests.Proofs.CommandSite;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Whoever wishes a cell ill, at a real broker that lets him write anything and at the port: each request is refused or bounded, nothing is written to the
/// machine, which counts, and the service goes on as before.
/// </summary>
public sealed class CommandHostileProof
{
    private const double Megabyte = 1_048_576;

    /// <summary>What a thousand requests a second may cost in memory.</summary>
    private const double MegabytesMoreMax = 64;

    /// <summary>What the gate lets one user give: 20 a second, and 40 at once.</summary>
    private const int GivenPerSecond = 20;

    private const int GivenAtOnce = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What is made once, at the first request of its kind, is not what a flood costs.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan GoodFlood = Proof.Length(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));

    /// <summary>A few thousand ticks have three or so that count (0.6 to 2.6 seen with nothing else changed): the brief form shows that it works, and prints what it saw.</summary>
    private static double RatioMax => Proof.Length(1.5, 6.0);

    /// <summary>Three turns at least: a median that one moment of somebody else's on this machine does not decide.</summary>
    private static (int Rounds, TimeSpan Span) Size => Proof.Length((5, TimeSpan.FromSeconds(30)), (3, TimeSpan.FromSeconds(3)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "command-hostile")]
    public async Task What_is_hostile_is_refused_or_bounded_and_the_service_goes_on_as_before()
    {
        await using var scene = await HostileScene.StartAsync(Cancellation);
        await scene.Guards.ConfirmAsync("free", 500);
        var (mqtt, http) = (new HostileMqttCases(scene, Cancellation), new HostileHttpCases(scene, Cancellation));
        var refused = 0;
        foreach (var one in mqtt.OfForm().Concat(mqtt.OfTheGate()).Concat(http.OfForm()).Concat(http.OfTheGate()).Append(Stale(scene)).Append(http.Guessed()))
        {
            await JudgeAsync(scene, one);
            refused++;
        }

        await TooLargeAsync(scene);
        await NowhereElseAsync(scene);
        var replayed = await ReplayAsync(scene);
        await AtOnceAsync(scene);
        await RestartAsync(scene, replayed);
        var given = await BoundedAsync(scene);
        var load = await LoadAsync(scene);
        Verify(scene);
        Proof.Say($"{refused} hostile requests over MQTT and HTTP: {refused} refused by their own rule, 0 written; retained before a start and while it runs, replayed at once, over the other door and after a restart, an id twice from two connections and the port: never done twice; {given}; {load}");
    }

    private static async Task JudgeAsync(HostileScene scene, HostileCase one)
    {
        var answer = await one.AskAsync();
        Assert.True(RuleOf(answer) == one.Rule, $"{one.What}: expected {one.Rule}: {answer.ToJsonString()}");
        scene.Guards.AssertNothingElseWritten(one.What);
    }

    private static string RuleOf(JsonObject answer) => (string?)answer["code"] ?? (string?)answer["rule"] ?? "";

    private static HostileCase Stale(HostileScene scene) => new("MQTT: a value that an interlock asks for is stale", "interlock", async () =>
    {
        scene.Machine.Hold();
        try
        {
            await scene.Guards.SeesAsync("speed", 0, "notFresh");
            return await scene.SayAsync(Operator, MqttCommander.Request("speed", scene.Guards.NewId(), GuardScene.Value(700)));
        }
        finally
        {
            scene.Machine.Release();
            await scene.Guards.SeesAsync("speed", 0, "holds");
        }
    });

    /// <summary>The broker itself keeps from us what is larger than we take; what comes behind it is heard.</summary>
    private static async Task TooLargeAsync(HostileScene scene)
    {
        await scene.First.SayAsync(HostileScene.Topic(Operator), new byte[1_000_000], MqttQualityOfServiceLevel.AtLeastOnce, Cancellation);
        scene.Guards.Allow(510);
        GuardScene.IsConfirmed(await scene.SayAsync(Operator, MqttCommander.Request("free", scene.Guards.NewId(), GuardScene.Value(510))));
        scene.Guards.AssertNothingElseWritten("a megabyte");
    }

    /// <summary>Nobody makes the edge publish where he may not himself.</summary>
    private static async Task NowhereElseAsync(HostileScene scene)
    {
        using var witness = await AnswerWitness.ConnectAsync(scene.BrokerPort, Cancellation);
        string[] topics = ["evil", HostileScene.Topic(Operator), "edge/v1/proof/cell1/state", "edge/v1/proof/cell1/plc/telemetry", "edge/v1/proof/cell2/result/x", "edge/v1/proof/cell1/result/", "spBv1.0/G/DCMD/E/plc"];
        var ids = topics.Select(_ => scene.Guards.NewId()).ToArray();
        for (var i = 0; i < topics.Length; i++)
        {
            await scene.Second.SayAsync(
                HostileScene.Topic("mallory"),
                Encoding.UTF8.GetBytes(MqttCommander.Request("free", ids[i], GuardScene.Value(700)).ToJsonString()),
                MqttQualityOfServiceLevel.AtLeastOnce,
                Cancellation,
                message => message.WithResponseTopic(topics[i]));
        }

        await Until.TrueAsync("all answers", Patience, () => ids.All(id => witness.Answers.Any(answer => answer.Id == id)), Cancellation);
        Assert.All(witness.Answers.Where(answer => ids.Contains(answer.Id)), answer => Assert.Equal($"edge/v1/proof/cell1/result/{answer.Id}", answer.Topic));
        scene.Guards.AssertNothingElseWritten("answers to elsewhere");
    }

    /// <summary>The same again gets the first answer, over either door; another under the same id is refused.</summary>
    private static async Task<(JsonObject Request, JsonObject Answer)> ReplayAsync(HostileScene scene)
    {
        var request = MqttCommander.Request("free", "replay", GuardScene.Value(520));
        scene.Guards.Allow(520);
        var first = await scene.SayAsync(Operator, request);
        GuardScene.IsConfirmed(first);
        await AssertKnownAsync(scene, (request, first), "a replay");
        IsSame(first, await scene.Guards.SubmitAsync("free", 520, id: "replay"), "a replay over the other door");
        scene.Guards.AssertNothingElseWritten("a replay over the other door");
        return (request, first);
    }

    private static async Task AssertKnownAsync(HostileScene scene, (JsonObject Request, JsonObject Answer) first, string what)
    {
        IsSame(first.Answer, await scene.SayAsync(Operator, first.Request), what);
        await JudgeAsync(scene, new HostileCase($"{what}, of another value", "id", () => scene.SayAsync(Operator, MqttCommander.Request("free", "replay", GuardScene.Value(700)))));
    }

    private static void IsSame(JsonObject first, JsonObject again, string what) => Assert.True(
        (string?)again["outcome"] == (string?)first["outcome"] && (long)again["audit"]! == (long)first["audit"]!, $"{what}: first {first.ToJsonString()}, then {again.ToJsonString()}");

    /// <summary>The same id from two connections and from the port, all at once: of the same value, and of others.</summary>
    private static async Task AtOnceAsync(HostileScene scene)
    {
        scene.Machine.Thinks = TimeSpan.FromMilliseconds(200);
        var request = MqttCommander.Request("free", "twice", GuardScene.Value(530));
        scene.Guards.Allow(530);
        var answers = await Task.WhenAll(
            scene.First.AskAsync(HostileScene.Topic(Operator), request, Cancellation),
            scene.Second.AskAsync(HostileScene.Topic(Operator), request, Cancellation),
            scene.Guards.SubmitAsync("free", 530, id: "twice"));
        GuardScene.IsConfirmed(answers[0]);
        Assert.All(answers, answer => IsSame(answers[0], answer, "the same id at once"));
        scene.Guards.AssertNothingElseWritten("the same id at once");

        var others = await Task.WhenAll(
            scene.First.AskAsync(HostileScene.Topic(Operator), MqttCommander.Request("free", "other", GuardScene.Value(540)), Cancellation),
            scene.Second.AskAsync(HostileScene.Topic(Operator), MqttCommander.Request("free", "other", GuardScene.Value(541)), Cancellation));
        var done = Array.FindIndex(others, answer => (string?)answer["outcome"] == "confirmed");
        Assert.True(done >= 0 && RuleOf(others[1 - done]) == "id", $"the same id for two values: {others[0].ToJsonString()}, {others[1].ToJsonString()}");
        scene.Guards.Allow(540 + done);
        scene.Guards.AssertNothingElseWritten("the same id for two values");
        scene.Machine.Thinks = TimeSpan.Zero;
    }

    /// <summary>A good request that the broker keeps for whoever comes: refused while the service runs, and not heard when it starts.</summary>
    private static async Task RestartAsync(HostileScene scene, (JsonObject Request, JsonObject Answer) replayed)
    {
        var kept = MqttCommander.Request("free", "kept", GuardScene.Value(700));
        kept["expires"] = MqttCommander.In(TimeSpan.FromSeconds(29));
        await JudgeAsync(scene, new HostileCase("retained while it runs", "retained", () => scene.First.AskAsync(
            HostileScene.Topic(Operator), Encoding.UTF8.GetBytes(kept.ToJsonString()), Cancellation, message => message.WithRetainFlag())));
        await scene.RestartAsync();
        await AssertKnownAsync(scene, replayed, "a replay after a restart");
        Assert.DoesNotContain(AuditReader.Read(scene.Guards.Audit), record => record.Id == "kept");
        scene.Guards.AssertNothingElseWritten("retained before a start");
    }

    /// <summary>Good requests of one user who may, a thousand a second: as many are done as a user may give, each once.</summary>
    private static async Task<string> BoundedAsync(HostileScene scene)
    {
        var before = scene.Machine.Writes.Count;
        var sent = await new HostileFlood(scene, Cancellation).RunGoodAsync(GoodFlood, first: 10_000);
        var last = -1;
        await Until.TrueAsync(
            "nothing more to be written",
            Patience,
            async token =>
            {
                var was = last;
                last = scene.Machine.Writes.Count;
                return !await scene.Site.Page.IsBusyAsync("free", token) && was == last;
            },
            Cancellation);
        var written = scene.Machine.Writes.Skip(before).ToArray();
        var ordered = AuditReader.Read(scene.Guards.Audit)
            .Where(record => record is { Kind: AuditKind.Ordered, Who: Integrator, Command: "free" })
            .Select(record => ushort.Parse(record.Values["speed"], CultureInfo.InvariantCulture));
        var most = GivenAtOnce + (int)Math.Ceiling(GivenPerSecond * (GoodFlood.TotalSeconds + 1));
        Assert.True(written.Length > 0 && written.Length <= most && written.All(sent.Contains), $"{written.Length} written, at most {most}");
        Assert.Equal(ordered, written);
        foreach (var value in written)
        {
            scene.Guards.Allow(value);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{sent.Count} good ones of one user in {GoodFlood.TotalSeconds:0} s: {written.Length} done, each once, the rest refused");
    }

    /// <summary>In turns without and with a thousand hostile requests a second. An honest stop comes through in each.</summary>
    private static async Task<string> LoadAsync(HostileScene scene)
    {
        using var loop = SharedLoop.TryOpen(scene.Site.Data) ?? throw new InvalidOperationException("There is no isolated sampler.");
        var (flood, sent, longest) = (new HostileFlood(scene, Cancellation), 0, 0L);
        var (before, during) = (new List<LoopReading>(), new List<LoopReading>());
        using var elsewhere = OtherMachine.Of("mosquitto");
        await flood.RunAsync(WarmUp);
        var (memory, audit) = (scene.Site.Edge.ResidentBytes, 0L);
        for (var round = 0; round < Size.Rounds; round++)
        {
            before.Add(await MeasureAsync(loop));
            var flooding = flood.RunAsync(Size.Span);
            var measuring = MeasureAsync(loop);
            longest = Math.Max(longest, await HonestAsync(scene));
            during.Add(await measuring);
            sent += await flooding;
            audit = Math.Max(audit, scene.AuditBytes);
            scene.Guards.AssertNothingElseWritten($"round {round} of the flood");
        }

        var (more, ratio) = ((flood.MostBytes - memory) / Megabyte, P999(during) / P999(before));
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"{sent} hostile requests at 1,000/s in {Size.Rounds} turns of {Size.Span.TotalSeconds:0} s, attackers and broker off the sampler's core: 0 written, an honest stop in each Confirmed within {longest} ms; wake-up p99.9 of the isolated sampler {P999(before):0} us before, {P999(during):0} us during, ratio {ratio:0.00}, missed ticks {before.Sum(one => one.Missed)} and {during.Sum(one => one.Missed)}; memory {more:+0.0;-0.0} MiB on {memory / Megabyte:0}; audit at most {audit / Megabyte:0.00} MiB");
        Assert.True(more <= MegabytesMoreMax, $"the service grew by more than {MegabytesMoreMax} MiB: {words}");
        Assert.True(audit <= HostileScene.AuditBytesMax, $"the audit grew beyond its limit: {words}");
        Assert.True(ratio <= RatioMax, $"the sampler was disturbed: {words}");
        return words;
    }

    private static async Task<LoopReading> MeasureAsync(SharedLoop loop)
    {
        var before = LoopReading.Of(loop.Gauges, MonoClock.NowNanos());
        await Task.Delay(Size.Span, TimeProvider.System, Cancellation);
        return LoopReading.Of(loop.Gauges, MonoClock.NowNanos()).Since(before);
    }

    /// <summary>Somebody stops the machine in the middle of it. Returns how long that took, in milliseconds.</summary>
    private static async Task<long> HonestAsync(HostileScene scene)
    {
        await Task.Delay(Size.Span / 2, TimeProvider.System, Cancellation);
        scene.Guards.Allow(0);
        var answer = await scene.Guards.AskAsync(Second, "halt", "submit", []);
        GuardScene.IsConfirmed(answer);
        return (long)answer["millis"]!;
    }

    /// <summary>The median over the turns, in microseconds.</summary>
    private static double P999(IEnumerable<LoopReading> readings)
    {
        var sorted = readings.Select(reading => reading.WakeUp.PercentileNanos(0.999) / 1e3).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Verify(HostileScene scene)
    {
        scene.Site.Stop();
        scene.Guards.AssertNothingElseWritten("at the end");
        var (exitCode, output, errors) = scene.Site.Verb("audit", "verify", scene.Guards.Audit);
        Assert.True(exitCode == 0 && output.Contains("in order", StringComparison.Ordinal), $"exit {exitCode}: {output}{errors}");
    }
}
