using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Control.Gate;

/// <summary>Random commands in random states of the cell.</summary>
public sealed class GatePropertyTests
{
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_order_reaches_the_device_if_and_only_if_all_guards_held_when_it_was_sent()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var scene = new GateScene();
        var (reached, first) = (0, new Dictionary<string, int>());
        var (wasArmed, wasOff) = (true, true);

        for (var i = 0; i < 10_000; i++)
        {
            scene.Pass(BetweenRequests);
            var (knows, may, armed, limits, expiry, link, door, change, off, broken) =
                (Rarely(), Rarely(), Rarely(), Rarely(), Rarely(), Rarely(), Rarely(), random.Next(8), Rarely(), Rarely());
            scene.Live(ok: door ? 0 : 1);
            if (armed == wasArmed)
            {
                // Each is on the disk when it returns, so only what changes.
                wasArmed = !armed;
                scene.Arming.Arm(armed ? 1 : GateScene.Hash, "x");
            }

            scene.IsConnected = !link;
            scene.IsAuditBroken = false;
            if (off != wasOff)
            {
                wasOff = off;
                scene.Gate.Switch(GateScene.Olga, !off, "");
            }

            scene.IsAuditBroken = broken;
            var utc = scene.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            var expected = off ? "switch" : knows ? "identity" : may ? "allow" : armed ? "armed" : limits || link ? "limits" : expiry ? "expiry" : door ? "interlock" : broken ? "audit" : "";
            var who = knows ? GateScene.Olga with { Name = "nobody" } : may ? GateScene.Ines : GateScene.Olga;
            var before = scene.Target.Done.Count;

            var task = scene.AskSpeed($"id{i}", limits ? "101" : "11", who, expiry ? utc - 1 : utc + 20_000);
            var wasPosted = !task.IsCompleted;
            var holds = change > 3;
            Change(scene, change);
            scene.IsAuditBroken = false;
            scene.Serve();
            scene.IsConnected = true;
            scene.Set(GateScene.Speed, 11);
            scene.Look();
            var answer = await task;

            var did = scene.Target.Done.Count - before;
            Assert.True(wasPosted == (expected.Length == 0), $"seed {seed}, request {i}: \"{expected}\" was expected, the answer is {answer}");
            Assert.True(did == (wasPosted && holds ? 1 : 0), $"seed {seed}, request {i}: {did} writes, change {change}, {answer}");
            if (!wasPosted)
            {
                Assert.True(answer.Rule == expected, $"seed {seed}, request {i}: \"{expected}\" was expected, the answer is {answer}");
            }

            Assert.True(answer.Outcome == (did == 1 ? Outcome.Confirmed : Outcome.Refused), $"seed {seed}, request {i}: {answer}");
            reached += did;
            first[answer.Rule] = first.GetValueOrDefault(answer.Rule) + 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {reached} reached the device; {string.Join(", ", first.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.InRange(reached, 100, 9_900);
        Assert.Equal(scene.Target.Done.Count, scene.Target.Done.Select(one => one.Id).Distinct().Count());
        var ordered = scene.Audit.Where(line => line.Kind == AuditKind.Ordered).Select(line => line.Sequence).ToArray();
        Assert.Equal(ordered, scene.Audit.Where(line => line.Kind == AuditKind.Outcome).Select(line => line.Of).Order());

        bool Rarely() => random.Next(12) == 0;
    }

    /// <summary>What happens between the gate's decision and the driver: up to 3 something that must stop it.</summary>
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
