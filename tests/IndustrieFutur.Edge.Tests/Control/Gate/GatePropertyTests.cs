using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Control.Gate;

/// <summary>Random commands in random states of the cell.</summary>
public sealed class GatePropertyTests
{
    private const int Requests = 10_000;

    private static readonly TimeSpan BetweenRequests = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(10);

    [Fact]
    [Trait("Proof", "command-guards")]
    public async Task An_order_reaches_the_device_if_and_only_if_all_guards_held_when_it_was_sent()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var scene = new GateScene();
        var (reached, refused) = (0, new SortedDictionary<string, int>());
        for (var i = 0; i < Requests; i++)
        {
            var guards = new RandomGuards(random);
            var before = scene.Target.Done.Count;
            var answer = await RunAsync(scene, guards, i, $"seed {seed}, request {i} ({guards.Command}, {guards.Token}, change {guards.Change})");
            reached += scene.Target.Done.Count - before;
            if (answer.Outcome == Outcome.Refused)
            {
                refused[answer.Rule] = refused.GetValueOrDefault(answer.Rule) + 1;
            }
        }

        Assert.InRange(reached, 100, Requests - 100);
        Assert.Equal(scene.Target.Done.Count, scene.Target.Done.Select(one => one.Id).Distinct().Count());
        var ordered = scene.Audit.Where(line => line.Kind == AuditKind.Ordered).Select(line => line.Sequence).ToArray();
        Assert.Equal(ordered, scene.Audit.Where(line => line.Kind == AuditKind.Outcome).Select(line => line.Of).Order());
        Proof.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{Requests} random commands of three kinds (seed {seed}): {reached} reached the device, exactly those whose guards all held when they were sent, each once; {Requests - reached} refused by the first rule that did not hold ({string.Join(", ", refused.Select(rule => $"{rule.Key} {rule.Value}"))})"));
    }

    private static async Task<CommandAnswer> RunAsync(GateScene scene, RandomGuards guards, int number, string what)
    {
        scene.Pass(BetweenRequests);
        scene.Live();
        scene.Arming.Arm(GateScene.Hash, "x");
        scene.Gate.Switch(GateScene.Olga, true, "");
        var token = guards.IsPrepared ? await PrepareAsync(scene, guards, number, what) : "";
        MakeFalse(scene, guards);
        var (before, lines) = (scene.Target.Done.Count, scene.Audit.Count);

        var task = Ask(scene, guards, number, token);
        var wasPosted = !task.IsCompleted;
        if (wasPosted && guards.AsksBusy)
        {
            scene.Live();
            var second = await scene.AskSpeed($"busy{number}");
            Assert.True(second.Rule == "busy", $"{what}: while an order was under way: {second}");
        }

        Change(scene, guards.Change);
        scene.IsAuditBroken = false;
        scene.Serve();
        scene.IsConnected = true;
        scene.Set(GateScene.Speed, 11);
        scene.Look();
        var answer = await task;

        var did = scene.Target.Done.Count - before;
        Assert.True(wasPosted == (guards.Expected.Length == 0), $"{what}: \"{guards.Expected}\" was expected, the answer is {answer}");
        Assert.True(did == (wasPosted && guards.HoldsAtDriver ? 1 : 0), $"{what}: {did} writes, {answer}");
        Assert.True(wasPosted || answer.Rule == guards.Expected, $"{what}: \"{guards.Expected}\" was expected, the answer is {answer}");
        Assert.True(answer.Outcome == (did == 1 ? Outcome.Confirmed : Outcome.Refused), $"{what}: {answer}");
        Assert.True(scene.Audit.Count > lines || guards.IsAuditBroken, $"{what}: not in the audit: {answer}");
        if (guards.AsksTwice && guards.Expected is not ("switch" or "identity" or "audit"))
        {
            scene.Gate.Switch(GateScene.Olga, true, "");
            var again = await Ask(scene, guards, number, token);
            Assert.True(again == answer && scene.Target.Done.Count == before + did, $"{what}: the answer was {answer}, and to a resend {again}");
        }

        return answer;
    }

    /// <summary>Prepares what is of level 2, and lets happen to the token what is to happen until it is used.</summary>
    private static async Task<string> PrepareAsync(GateScene scene, RandomGuards guards, int number, string what)
    {
        scene.Gate.Lease(GateScene.Olga, take: guards.Token != TokenState.NoLease);
        var prepared = await scene.Ask(guards.Command, $"p{number}", step: RequestStep.Prepare, values: ("v", "11"));
        Assert.True(
            guards.Token == TokenState.NoLease ? prepared.Rule == "lease" : prepared is { Outcome: null, Token.Length: > 0 },
            $"{what}: the preparation was answered {prepared}");
        if (guards.Command == "pair" && !guards.IsAlone)
        {
            scene.Gate.Approve(GateScene.Theo, prepared.Token);
        }

        switch (guards.Token)
        {
            case TokenState.Invented:
                return "0123456789abcdef";
            case TokenState.Late:
                scene.Pass(TokenLife);
                break;
            case TokenState.SafetyChanged:
                scene.Set(GateScene.Safe, 0);
                break;
            case TokenState.LinkReopened:
                scene.Generation++;
                break;
            case TokenState.LeaseLost:
                scene.Gate.Lease(GateScene.Olga, take: false);
                break;
            default:
                break;
        }

        return prepared.Token;
    }

    private static void MakeFalse(GateScene scene, RandomGuards guards)
    {
        if (guards.IsOff)
        {
            scene.Gate.Switch(GateScene.Olga, false, "");
        }

        if (guards.IsNotArmed)
        {
            scene.Arming.Arm(1, "x");
        }

        if (guards.IsDoorOpen)
        {
            scene.Set(GateScene.Ok, 0);
        }

        // Values that were prepared are those that are executed: what is in force has moved away from them.
        if (guards.IsOutOfLimits)
        {
            scene.Set(GateScene.Speed, 90);
        }

        scene.IsConnected = !guards.IsLinkDown;
        scene.IsAuditBroken = guards.IsAuditBroken;
    }

    private static Task<CommandAnswer> Ask(GateScene scene, RandomGuards guards, int number, string token)
    {
        var who = guards.IsUnknown ? GateScene.Olga with { Name = "nobody" }
            : guards.IsNotAllowed ? GateScene.Ines
            : guards.Token == TokenState.Others ? GateScene.Theo : GateScene.Olga;
        var utc = scene.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        return scene.Ask(
            guards.Command,
            $"id{number}",
            who,
            guards.IsPrepared ? RequestStep.Execute : RequestStep.Submit,
            token,
            guards.IsExpired ? utc - 1 : utc + 20_000,
            ("v", guards.Token == TokenState.OtherValues ? "12" : "11"));
    }

    private static void Change(GateScene scene, int change)
    {
        switch (change)
        {
            case 0:
                scene.Set(GateScene.Ok, 0);
                break;
            case 1:
                scene.Set(GateScene.Ok, 1, StatusCode.Bad);
                break;
            case 2:
                scene.Set(GateScene.Safe, 0);
                break;
            case 3:
                scene.Generation++;
                break;
            default:
                break;
        }
    }
}
