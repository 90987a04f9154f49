using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Drivers.Dashboard;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Drivers.Dashboard;

/// <summary>What a robot is told, once, and what becomes of it.</summary>
public sealed class DashboardOrdersTests
{
    [Fact]
    public void Each_verb_reaches_the_arm_once()
    {
        using var bench = new DashboardBench();
        bench.ConnectUnderRemoteControl();

        Assert.Equal(OrderAnswer.Taken("Pausing program"), bench.Tell(DashboardVerb.Pause));
        bench.Arm.StepSeconds(1);
        Assert.Equal(OrderAnswer.Taken("Starting program"), bench.Tell(DashboardVerb.Play));
        bench.Arm.StepSeconds(1);
        Assert.Equal(RuntimeState.Playing, bench.Arm.State.RuntimeState);
        Assert.Equal(OrderAnswer.Taken("Stopped"), bench.Tell(DashboardVerb.Stop));
        bench.Arm.StepSeconds(1);
        Assert.Equal(OrderAnswer.Taken("Loading program: pick-and-place.urp"), bench.Tell(DashboardVerb.Load, 1));

        Assert.Equal(RuntimeState.Stopped, bench.Arm.State.RuntimeState);
        Assert.Equal(4, bench.Dashboard.Orders);
    }

    [Fact]
    public void A_no_of_the_robot_is_said_in_its_words()
    {
        using var bench = new DashboardBench();
        bench.Driver.Connect();

        Assert.Equal(OrderAnswer.Rejected(0, "Failed to execute: stop"), bench.Tell(DashboardVerb.Stop));
        Assert.Equal(OrderAnswer.Rejected(0, "File not found: missing.urp"), bench.Tell(DashboardVerb.Load, 0));
        Assert.Equal(OrderAnswer.Rejected(0, "Error while loading program: pick-and-place.urp"), bench.Tell(DashboardVerb.Load, 1));
    }

    [Theory]
    [InlineData("get operational mode", "MANUAL\n")]
    [InlineData("get operational mode", "could not understand\n")]
    [InlineData("is in remote control", "false\n")]
    [InlineData("safetystatus", "Safetystatus: REDUCED\n")]
    [InlineData("safetystatus", "NORMAL\n")]
    public void Nothing_plays_unless_the_robot_itself_says_that_it_may(string question, string answer)
    {
        using var link = new ScriptedDashboard().AtRest().Answers(question, answer);
        using var bench = DashboardBench.Over(link);
        bench.Driver.Connect();

        var told = DashboardBench.Tell((DashboardDriver)bench.Driver, DashboardVerb.Play);

        Assert.Equal(OrderVerdict.NotSent, told.Verdict);
        Assert.Contains(answer.TrimEnd(), told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("play", link.Heard);
    }

    [Fact]
    public void The_robot_is_asked_for_a_play_alone_and_just_before_it()
    {
        using var link = new ScriptedDashboard().AtRest();
        using var bench = DashboardBench.Over(link);
        bench.Driver.Connect();

        DashboardBench.Tell((DashboardDriver)bench.Driver, DashboardVerb.Stop);
        DashboardBench.Tell((DashboardDriver)bench.Driver, DashboardVerb.Play);

        Assert.Equal(["stop", "get operational mode", "is in remote control", "safetystatus", "play"], link.Heard);
    }

    [Fact]
    public void An_order_whose_time_passes_while_the_robot_is_asked_is_not_sent()
    {
        using var bench = new DashboardBench();
        bench.ConnectUnderRemoteControl();
        bench.Dashboard.AnswerDelay = TimeSpan.FromMilliseconds(60);

        var told = DashboardBench.Tell(bench.Driver, (int)DashboardVerb.Play, DashboardBench.InAMoment);

        Assert.Equal(OrderVerdict.NotSent, told.Verdict);
        Assert.Equal(0, bench.Dashboard.Orders);
    }

    [Fact]
    public void A_late_answer_is_nobodys()
    {
        using var bench = new DashboardBench(TimeSpan.FromMilliseconds(100));
        bench.ConnectUnderRemoteControl();
        bench.Dashboard.AnswerDelay = TimeSpan.FromMilliseconds(400);

        var first = bench.Tell(DashboardVerb.Pause);
        var second = bench.Tell(DashboardVerb.Stop);

        Assert.Equal(OrderVerdict.Unanswered, first.Verdict);
        Assert.Contains("has not answered within 100 ms", first.Text, StringComparison.Ordinal);
        Assert.Equal(OrderVerdict.NotSent, second.Verdict);
        Assert.Contains("has not answered", bench.Samples.StepUntilLost().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_is_not_sent_into_a_conversation_that_is_out_of_step()
    {
        using var link = new ScriptedDashboard().AtRest();
        using var bench = DashboardBench.Over(link);
        bench.Driver.Connect();
        link.Say("Stopped\n");

        var told = DashboardBench.Tell((DashboardDriver)bench.Driver, DashboardVerb.Stop);

        Assert.Equal(OrderVerdict.NotSent, told.Verdict);
        Assert.Empty(link.Heard);
        Assert.True(link.IsClosed);
        Assert.Contains("was not asked", bench.StepUntilLost().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_for_what_is_not_declared_reaches_nothing()
    {
        using var link = new ScriptedDashboard().AtRest();
        using var bench = DashboardBench.Over(link);
        var driver = (DashboardDriver)bench.Driver;
        Assert.Equal(OrderVerdict.NotSent, DashboardBench.Tell(driver, DashboardVerb.Stop).Verdict);
        driver.Connect();

        OrderAnswer[] told =
        [
            DashboardBench.Tell(driver, 4, long.MaxValue), DashboardBench.Tell(driver, -1, long.MaxValue), DashboardBench.Tell(driver, DashboardVerb.Load),
            DashboardBench.Tell(driver, DashboardVerb.Load, 2), DashboardBench.Tell(driver, DashboardVerb.Load, -1), DashboardBench.Tell(driver, DashboardVerb.Load, 0.5),
            DashboardBench.Tell(driver, DashboardVerb.Load, double.NaN), DashboardBench.Tell(driver, DashboardVerb.Stop, 1),
        ];

        Assert.All(told, answer => Assert.Equal(OrderVerdict.NotSent, answer.Verdict));
        Assert.Empty(link.Heard);
    }

    [Fact]
    public void A_stop_of_the_service_while_the_answer_is_awaited_leaves_the_order_unanswered()
    {
        using var link = new ScriptedDashboard();
        using var bench = DashboardBench.Over(link, TimeSpan.FromSeconds(30));
        bench.Driver.Connect();
        link.WhenTold = bench.Driver.Cancel;

        var told = DashboardBench.Tell((DashboardDriver)bench.Driver, DashboardVerb.Stop);

        Assert.Equal(OrderAnswer.Unanswered("the service stops"), told);
        Assert.Equal(["stop"], link.Heard);
    }

    [Fact]
    public void A_link_that_is_cut_while_the_order_leaves_it_leaves_it_unanswered()
    {
        using var link = new ScriptedDashboard().AtRest();
        using var bench = DashboardBench.Over(link);
        bench.Driver.Connect();
        link.WhenTold = static () => throw new LinkBrokenException("The cable is out.");

        var told = DashboardBench.Tell((DashboardDriver)bench.Driver, DashboardVerb.Stop);

        Assert.Equal(OrderAnswer.Unanswered("The cable is out."), told);
        Assert.True(link.IsClosed);
        Assert.Equal("The cable is out.", bench.StepUntilLost().Message);
    }

    [Fact]
    public void A_link_that_is_cut_while_the_robot_is_asked_has_sent_no_order()
    {
        using var link = new ScriptedDashboard().AtRest();
        using var bench = DashboardBench.Over(link);
        bench.Driver.Connect();
        link.WhenTold = static () => throw new LinkBrokenException("The cable is out.");

        var told = DashboardBench.Tell((DashboardDriver)bench.Driver, DashboardVerb.Play);

        Assert.Equal(new OrderAnswer(OrderVerdict.NotSent, 0, "The cable is out."), told);
        Assert.Equal(["get operational mode"], link.Heard);
    }
}
