using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Dashboard;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Drivers.Dashboard;

/// <summary>How a robot is, as its dashboard says.</summary>
public sealed class DashboardDriverTests
{
    [Fact]
    public void Every_question_is_a_signal()
    {
        using var bench = new DashboardBench();

        bench.Driver.Connect();
        bench.Samples.StepUntilSeen(
            "RobotMode=7", "SafetyMode=1", "SafetyStatus=1", "Running=true", "ProgramState=1", "Program=/programs/pick-and-place.urp", "OperationalMode=2", "RemoteControl=false");

        Assert.True(bench.Driver.HasAnswered);
        Assert.Equal(0, bench.Dashboard.Orders);
    }

    [Fact]
    public void Signals_follow_what_happens_at_the_arm()
    {
        using var bench = new DashboardBench();
        bench.Driver.Connect();
        bench.Samples.StepUntilSeen("RobotMode=7");

        bench.Arm.Arm.Pendant.PressEmergencyStop();
        bench.Arm.StepSeconds(1);

        bench.Samples.StepUntilSeen("SafetyStatus=7", "RobotMode=3", "ProgramState=0", "Running=false");
    }

    [Theory]
    [InlineData("robotmode", "Robotmode: DREAMING\n", "RobotMode!")]
    [InlineData("robotmode", "Safetymode: NORMAL\n", "RobotMode!")]
    [InlineData("safetystatus", "Safetystatus:  NORMAL\n", "SafetyStatus!")]
    [InlineData("safetystatus", "Safetystatus: SAFETY_API_SAFEGUARD_STOP\r\n", "SafetyStatus=22")]
    [InlineData("robotmode", "Robotmode: NO_CONTROLLER\n", "RobotMode=-1")]
    [InlineData("programState", "PAUSED\n", "ProgramState=2")]
    [InlineData("get loaded program", "No program loaded\n", "Program=")]
    [InlineData("get loaded program", "could not understand: 'get loaded program'\n", "Program!")]
    [InlineData("is in remote control", "could not understand: 'is in remote control'\n", "RemoteControl!")]
    public void A_word_that_nobody_has_told_us_of_is_bad(string question, string answer, string expected)
    {
        using var link = new ScriptedDashboard().AtRest().Answers(question, answer);
        using var bench = DashboardBench.Over(link);

        bench.Driver.Connect();

        bench.StepUntil(samples => samples.Exists(sample => expected.EndsWith('!') ? sample.StartsWith(expected, StringComparison.Ordinal) : sample == expected));
    }

    [Fact]
    public void Nothing_is_sent_to_a_server_that_is_no_dashboard()
    {
        using var link = new ScriptedDashboard("220 ftp \u0007ready\n");
        using var bench = DashboardBench.Over(link);

        var lost = Assert.Throws<LinkLostException>(bench.Driver.Connect);

        Assert.Contains("is no dashboard of Universal Robots: it said \"220 ftp ?ready\"", lost.Message, StringComparison.Ordinal);
        Assert.Equal(LinkRefusal.Client, lost.Refusal);
        Assert.Empty(link.Heard);
    }

    [Fact]
    public void An_answer_without_end_or_too_late_or_unasked_ends_the_conversation()
    {
        foreach (var (answer, sentence) in new[] { ("", "has not answered within 100 ms"), (new string('x', 600), "without a line end"), ("Robotmode: RUNNING\nRobotmode: IDLE\n", "was not asked") })
        {
            using var link = new ScriptedDashboard().AtRest().Answers("robotmode", answer);
            using var bench = DashboardBench.Over(link, TimeSpan.FromMilliseconds(100));
            bench.Driver.Connect();

            var lost = bench.StepUntilLost();

            Assert.Contains(sentence, lost.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cut_cable_is_a_lost_link_and_a_new_connection_goes_on()
    {
        using var bench = new DashboardBench();
        bench.Driver.Connect();
        bench.Samples.StepUntilSeen("RobotMode=7");

        bench.Dashboard.IsCut = true;
        bench.Samples.StepUntilLost();
        bench.Driver.Disconnect();
        bench.Dashboard.IsCut = false;
        bench.Samples.Samples.Clear();
        bench.Driver.Connect();

        bench.Samples.StepUntilSeen("RobotMode=7");
    }

    [Fact]
    public void A_stop_ends_the_wait_for_an_answer()
    {
        using var link = new ScriptedDashboard();
        using var bench = DashboardBench.Over(link, TimeSpan.FromSeconds(30));
        bench.Driver.Connect();

        link.WhenTold = bench.Driver.Cancel;

        Assert.Throws<OperationCanceledException>(() => bench.Driver.Step(MonoClock.NowNanos()));
    }

    [Fact]
    public void Questions_and_answers_allocate_nothing()
    {
        using var link = new ScriptedDashboard().AtRest();
        using var bench = DashboardBench.Over(link);
        bench.Driver.Connect();
        link.Listens = false;
        var now = MonoClock.NowNanos();

        var allocated = AllocationGuard.BytesOf(
            () =>
            {
                // Time that the test makes: every turn the eight questions are due.
                now += 100_000_000;
                for (var i = 0; i < 8; i++)
                {
                    bench.Driver.Step(now);
                }
            },
            turns: 100);

        Assert.Equal(0, allocated);
        Assert.True(bench.Driver.HasAnswered);
    }

    [Fact]
    public void The_catalog_has_it_and_two_devices_do_not_share_a_robot()
    {
        var kind = DriverCatalog.Find("dashboard");

        Assert.Equal(DashboardDriver.Kind, kind);
        Assert.True(DashboardDriver.Kind.RunsApart);
        Assert.Equal("robot:29999", DashboardDriver.Kind.LinkOf("a", DashboardBench.Options()));
        Assert.Contains("is one device", DashboardDriver.Kind.CheckLink(DashboardBench.Options(), DashboardBench.Options())!, StringComparison.Ordinal);
    }
}
