using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Every guard of the gate false in turn, asked over HTTP of a running service: refused by its own rule with its own sentence, in the audit, and nothing
/// written to the machine, which counts. With all guards true the same is confirmed and written once.
/// </summary>
public sealed class CommandGuardsProof
{
    /// <summary>reference/ux.md (d): what is prepared is good for so long.</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Proof", "command-guards")]
    public async Task Every_guard_that_is_false_refuses_in_its_own_words_and_nothing_is_written()
    {
        var figures = new List<string>();
        foreach (var isIsolated in Proof.Length(new[] { true, false }, [true]))
        {
            using var scene = await GuardScene.StartAsync(isIsolated, Cancellation);
            figures.Add($"{(isIsolated ? "isolated sampler" : "in one process")}: {await RunAsync(scene)}");
        }

        // The other half, ten thousand random commands, is a test of the other program, which has said its figure by now.
        var random = Environment.GetEnvironmentVariable("EDGE_PROOF_FIGURE") is { Length: > 0 } path && File.Exists(path) ? (await File.ReadAllTextAsync(path, Cancellation)).Trim() : "";
        Proof.Say(string.Join("; ", [.. figures, .. random.Length > 0 ? new[] { random } : []]));
    }

    private static async Task<string> RunAsync(GuardScene scene)
    {
        var (cases, judged) = (new GuardCases(scene), new List<GuardCase>());
        await scene.ConfirmAsync("free", 500);
        await JudgeAsync(scene, cases.OfPersons(), judged);

        const int lateValue = 900;
        var late = await scene.PrepareAsync("careful", lateValue);
        var isOver = TimeProvider.System.GetUtcNow() + TokenLife;
        await JudgeAsync(scene, cases.OfValues(), judged);
        await JudgeAsync(scene, cases.OfTheMachine(), judged);
        await JudgeAsync(scene, [cases.Late(late, lateValue, isOver)], judged);
        await JudgeAsync(scene, cases.OfWhatIsPrepared(), judged);
        await AllTrueAsync(scene, 601);

        MemoryDisk? disk = null;
        try
        {
            await scene.Site.RestartAsync(
                cell =>
                {
                    GuardCell.ChangeSentence(cell);
                    disk = MemoryDisk.TryMount(scene.Audit, "1m");
                },
                Cancellation);
            await scene.LogInAsync();
            await JudgeAsync(scene, [NotArmed(scene)], judged);
            await scene.Site.ArmAsync(Cancellation);
            if (disk is not null)
            {
                await JudgeAsync(scene, [DiskFull(scene, disk)], judged);
            }

            await AllTrueAsync(scene, 611);
            scene.Site.Stop();
            scene.AssertNothingElseWritten("at the end");
            Verify(scene);
        }
        finally
        {
            disk?.Dispose();
        }

        var traced = judged.Count(one => one.Trace != GuardTrace.None);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{judged.Count} guards false in turn: {judged.Count} refused by their own rule and sentence, {traced} of them in the audit (nobody's request comes to no gate{(disk is null ? "" : ", a full disk takes no line")}), {judged.Count(one => one.Trace == GuardTrace.Outcome)} of them by the driver just before the write, 0 writes{(disk is null ? "; the audit's disk full: not tried, only root mounts one" : "")}; all true: {scene.Legit.Count} commands, {scene.Machine.Writes.Count} writes, each Confirmed");
    }

    private static async Task JudgeAsync(GuardScene scene, IReadOnlyList<GuardCase> cases, List<GuardCase> judged)
    {
        foreach (var one in cases)
        {
            judged.Add(one);
            var answer = await one.AskAsync(1_000 + judged.Count);
            var (english, french) = ((string?)answer["text"]?["en"] ?? "", (string?)answer["text"]?["fr"] ?? "");
            Assert.True(
                (string?)answer["code"] == one.Rule && english.Contains(one.English, StringComparison.Ordinal) && french.Contains(one.French, StringComparison.Ordinal),
                $"{one.Guard}: expected {one.Rule}, \"{one.English}\", \"{one.French}\": {answer.ToJsonString()}");
            scene.AssertNothingElseWritten(one.Guard);
            JudgeAudit(scene, one, answer, english);
        }
    }

    private static void JudgeAudit(GuardScene scene, GuardCase one, JsonObject answer, string english)
    {
        var records = AuditReader.Read(scene.Audit).ToArray();
        var line = one.Trace switch
        {
            GuardTrace.None => null,
            GuardTrace.Act => records[^1],
            _ => Array.Find(records, record => record.Sequence == answer["audit"]!.GetValue<long>()),
        };
        if (one.Trace == GuardTrace.None)
        {
            Assert.True(answer["audit"] is null || answer["audit"]!.GetValue<long>() == 0, $"{one.Guard}: {answer.ToJsonString()}");
            return;
        }

        Assert.True(line is not null, $"{one.Guard} is not in the audit: {answer.ToJsonString()}");
        Assert.Equal((one.Guard, one.Trace.ToString(), one.Rule, one.User, "Refused"), (one.Guard, line.Kind.ToString(), line.Rule, line.Who, line.Outcome));
        Assert.EndsWith(english, line.Text, StringComparison.Ordinal);
        if (one.Reading.Length > 0)
        {
            var reading = line.Guards.Single(guard => guard.When == one.Reading);
            Assert.Equal((one.Guard, one.State), (one.Guard, reading.State));
            Assert.NotEmpty(reading.Signals);
        }
    }

    /// <summary>What was refused with one guard false, with all of them true: at once, prepared, and with all that persons can be asked for.</summary>
    private static async Task AllTrueAsync(GuardScene scene, int value)
    {
        await scene.ConfirmAsync("speed", value);
        await scene.ConfirmAsync("caged", value + 1);
        await scene.DoAsync(CommandSite.Operator, "lease");
        var token = await scene.PrepareAsync("go", value + 2);
        await scene.DoAsync(CommandSite.Second, "approve", new JsonObject { ["token"] = token });
        scene.Allow(value + 2);
        GuardScene.IsConfirmed(await scene.ExecuteAsync("go", token, value + 2));
        scene.AssertNothingElseWritten("with all guards true");
    }

    private static GuardCase NotArmed(GuardScene scene) => new(
        "another set of commands than was armed", "armed", "These commands are not armed", "Ces commandes ne sont pas armées", value => scene.SubmitAsync("free", value));

    private static GuardCase DiskFull(GuardScene scene, MemoryDisk disk) => new(
        "the audit's disk is full", "audit", "The audit cannot be written: the command is refused", "Le journal d'audit ne peut pas être écrit : la commande est refusée", async value =>
        {
            disk.FillUp();

            // The page that the audit has begun takes some lines more; that of an order, with its guards, is longer than these.
            long line;
            do
            {
                line = (await scene.SubmitAsync("jog", value))["audit"]!.GetValue<long>();
            }
            while (line != 0);

            var answer = await scene.SubmitAsync("speed", value);
            disk.MakeRoom();
            return answer;
        })
    { Trace = GuardTrace.None };

    private static void Verify(GuardScene scene)
    {
        var (exitCode, output, errors) = scene.Site.Verb("audit", "verify", scene.Audit);
        Assert.True(exitCode == 0 && output.Contains("in order", StringComparison.Ordinal), $"exit {exitCode}: {output}{errors}");
    }
}
