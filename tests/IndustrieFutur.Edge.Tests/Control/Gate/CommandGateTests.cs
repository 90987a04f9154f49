using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Control.Gate;

/// <summary>What the gate decides, gives and tells, one request after another.</summary>
public sealed class CommandGateTests
{
    [Fact]
    public async Task A_resend_gets_the_first_answer_and_another_content_is_refused()
    {
        using var scene = new GateScene();

        var first = scene.AskSpeed("a");
        var again = scene.AskSpeed("a");
        var other = await scene.AskSpeed("a", "12");
        scene.Serve();
        scene.Set(GateScene.Speed, 11);
        scene.Look();

        Assert.Equal("id", other.Rule);
        Assert.Equal(await first, await again);
        Assert.Single(scene.Target.Done);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("11\0")]
    [InlineData("11\n")]
    [InlineData("Infinity")]
    [InlineData("11.05")]
    [InlineData("101")]
    [InlineData("50")]
    [InlineData("")]
    public async Task A_value_outside_its_limits_is_refused(string value)
    {
        using var scene = new GateScene();

        var answer = await scene.AskSpeed("a", value);

        Assert.Equal("limits", answer.Rule);
    }

    [Fact]
    public async Task What_sets_in_motion_needs_preparing_and_the_lease_and_its_token_is_good_once()
    {
        using var scene = new GateScene();

        var submitted = await scene.Ask("play", "a", values: ("v", "11"));
        var unleased = await scene.Ask("play", "b", step: RequestStep.Prepare, values: ("v", "11"));
        scene.Gate.Lease(GateScene.Olga, true);
        var prepared = await scene.Ask("play", "c", step: RequestStep.Prepare, values: ("v", "11"));
        var stolen = await scene.Ask("play", "d", GateScene.Theo, RequestStep.Execute, prepared.Token);
        var executed = scene.Ask("play", "e", step: RequestStep.Execute, token: prepared.Token);
        scene.Serve();
        scene.Set(GateScene.Speed, 11);
        scene.Look();
        var twice = await scene.Ask("play", "f", step: RequestStep.Execute, token: prepared.Token);

        Assert.Equal(["level", "lease", "token", "token"], new[] { submitted.Rule, unleased.Rule, stolen.Rule, twice.Rule });
        Assert.Equal(Outcome.Confirmed, (await executed).Outcome);
    }

    [Fact]
    public async Task A_token_is_void_after_a_change_of_safety_a_reconnect_or_ten_seconds()
    {
        using var scene = new GateScene();
        scene.Gate.Lease(GateScene.Olga, true);

        var rules = new List<string>();
        foreach (var change in new Action[] { () => scene.Set(GateScene.Safe, 0), () => scene.Generation++, () => scene.Pass(TimeSpan.FromSeconds(11)) })
        {
            var prepared = await scene.Ask("play", $"p{rules.Count}", step: RequestStep.Prepare, values: ("v", "11"));
            change();
            rules.Add((await scene.Ask("play", $"e{rules.Count}", step: RequestStep.Execute, token: prepared.Token)).Rule);
        }

        Assert.Equal(["token", "token", "token"], rules);
    }

    [Fact]
    public async Task Another_person_has_to_agree_and_nobody_agrees_with_himself()
    {
        using var scene = new GateScene();
        var prepared = await scene.Ask("pair", "a", step: RequestStep.Prepare, values: ("v", "11"));

        var alone = await scene.Ask("pair", "b", step: RequestStep.Execute, token: prepared.Token);
        var self = scene.Gate.Approve(GateScene.Olga, prepared.Token);
        var other = scene.Gate.Approve(GateScene.Theo, prepared.Token);
        var executed = scene.Ask("pair", "c", step: RequestStep.Execute, token: prepared.Token);
        scene.Serve();

        Assert.Equal("two", alone.Rule);
        Assert.Equal((false, true), (self.Done, other.Done));
        Assert.Single(scene.Target.Done);
        Assert.False(executed.IsCompleted);

        // What was not said again stands in the order's own line too.
        Assert.Equal(new KeyValuePair<string, string>("v", "11"), Assert.Single(scene.Audit.Last(line => line.Kind == AuditKind.Ordered).Values));
    }

    [Fact]
    public async Task Off_takes_back_what_waits_and_stays_off_over_a_restart()
    {
        using var scene = new GateScene();
        var waiting = scene.AskSpeed("a");

        scene.Gate.Switch(GateScene.Olga, false, "");
        scene.Serve();
        var after = await scene.Ask("stop", "b");
        scene.Start();

        Assert.Equal(("switch", "switch"), ((await waiting).Rule, after.Rule));
        Assert.Empty(scene.Target.Done);
        Assert.False(scene.Gate.Status.IsOn);
    }

    [Fact]
    public async Task Why_a_driver_sent_nothing_is_told_in_its_words()
    {
        using var scene = new GateScene();
        scene.Target.Answer = new OrderAnswer(OrderVerdict.NotSent, 0, "the robot is under nobody's remote control");
        var asked = scene.AskSpeed("a");
        scene.Serve();
        scene.Look();

        var answer = await asked;

        Assert.Equal((Outcome.Refused, "driver"), (answer.Outcome, answer.Rule));
        Assert.Contains("sent nothing: the robot is under nobody's remote control", answer.TextEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, Outcome.Refused)]
    [InlineData(true, Outcome.Unknown)]
    public async Task After_a_crash_an_order_gets_one_outcome_and_is_not_sent_again(bool wasTaken, Outcome expected)
    {
        using var scene = new GateScene();
        _ = scene.AskSpeed("a");
        if (wasTaken)
        {
            scene.TakeOnly();
        }

        scene.Start();
        scene.Start();
        scene.TakeOver();
        scene.Serve();
        var resend = await scene.AskSpeed("a");

        Assert.Equal(expected, resend.Outcome);
        Assert.Single(scene.Audit, line => line.Kind == AuditKind.Outcome);
        Assert.Empty(scene.Target.Done);
    }

    [Fact]
    public async Task A_silent_driver_ends_unknown_and_its_device_stays_busy_until_it_is_back()
    {
        using var scene = new GateScene();
        var task = scene.AskSpeed("a");
        scene.TakeOnly();

        scene.Pass(TimeSpan.FromSeconds(8));
        scene.Look();
        var busy = await scene.AskSpeed("b");
        scene.AnswerLate();
        scene.Look();
        var next = scene.AskSpeed("c");

        Assert.Equal((Outcome.Unknown, "busy"), ((await task).Outcome, busy.Rule));
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task A_reaction_fires_once_until_a_person_arms_it_again_even_over_a_restart()
    {
        using var scene = new GateScene();

        _ = scene.React();
        scene.Serve();
        scene.Set(GateScene.Speed, 0);
        scene.Look();
        scene.Start();
        var again = await scene.React()!;
        scene.Gate.Rearm(GateScene.Olga, "r");
        _ = scene.React();
        scene.Serve();

        Assert.Equal("reaction", again.Rule);
        Assert.Equal(2, scene.Target.Done.Count);
    }

    [Fact]
    public async Task A_reaction_that_finds_its_device_with_an_order_waits_for_it_and_then_stops_it()
    {
        using var scene = new GateScene();
        var speed = scene.AskSpeed("a");
        var audited = scene.Audit.Count;

        var early = scene.React();
        var auditedThen = scene.Audit.Count;
        scene.Serve();
        scene.Look();
        var stop = scene.React();
        scene.Serve();
        scene.Set(GateScene.Speed, 0);
        scene.Look();

        Assert.Equal((null, audited), (early, auditedThen));
        Assert.Equal(Outcome.Confirmed, (await stop!).Outcome);
        Assert.Equal(2, scene.Target.Done.Count);
        Assert.False(speed.IsCompletedSuccessfully && (await speed).Outcome == Outcome.Refused);
    }

    [Fact]
    public async Task A_device_that_never_ends_its_order_makes_a_reaction_wait_ten_seconds_at_most()
    {
        using var scene = new GateScene();
        _ = scene.AskSpeed("a");
        scene.TakeOnly();
        var rose = scene.MonoNow;
        var early = scene.React(rose);

        scene.Pass(TimeSpan.FromSeconds(10));
        var late = scene.React(rose);

        Assert.Null(early);
        Assert.Equal("busy", (await late!).Rule);
    }

    [Fact]
    public async Task What_a_reaction_did_in_this_hour_counts_over_a_restart_and_no_longer()
    {
        using var scene = new GateScene();
        for (var i = 0; i < 2; i++)
        {
            await scene.StopByReactionAsync();
        }

        scene.Start();
        scene.Gate.Rearm(GateScene.Olga, "r");
        var third = await scene.React()!;
        scene.Pass(TimeSpan.FromHours(1));
        var later = await scene.StopByReactionAsync();

        Assert.Contains("too often in this hour", third.TextEn, StringComparison.Ordinal);
        Assert.Equal(Outcome.Confirmed, later.Outcome);
    }

    [Fact]
    public async Task A_value_that_went_stale_before_the_write_is_told_apart_from_one_that_says_no()
    {
        using var scene = new GateScene();
        var asked = scene.AskSpeed("a");
        scene.Set(GateScene.Ok, 1, StatusCode.BadNoCommunication);
        scene.Serve();
        scene.Look();

        var answer = await asked;

        Assert.Equal((Outcome.Refused, "interlock"), (answer.Outcome, answer.Rule));
        Assert.Contains("a value is not good", answer.TextEn, StringComparison.Ordinal);
    }
}
