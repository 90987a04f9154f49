using System.Net;
using System.Net.Sockets;
using System.Text;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>The dashboard as a plain socket sees it.</summary>
public sealed class CobotDashboardTests : IDisposable
{
    private const int PatienceMillis = 10_000;

    private readonly CobotBench _bench = new();
    private readonly CobotDashboard _dashboard;
    private readonly List<TcpClient> _clients = [];

    public CobotDashboardTests()
    {
        _dashboard = new CobotDashboard(_bench.Arm, new IPEndPoint(IPAddress.Loopback, 0));
        _bench.StepSeconds(2);
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _dashboard.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [InlineData("robotmode", "Robotmode: RUNNING")]
    [InlineData("safetymode", "Safetymode: NORMAL")]
    [InlineData("safetystatus", "Safetystatus: NORMAL")]
    [InlineData("running", "Program running: true")]
    [InlineData("programState", "PLAYING pick-and-place.urp")]
    [InlineData("get loaded program", "Loaded program: /programs/pick-and-place.urp")]
    [InlineData("isProgramSaved", "true pick-and-place.urp")]
    [InlineData("PolyscopeVersion", "URSoftware 5.25.1.0 (simulated)")]
    [InlineData("version", "5.25.1.0")]
    [InlineData("get operational mode", "AUTOMATIC")]
    [InlineData("is in remote control", "false")]
    [InlineData("get serial number", "20255500001")]
    [InlineData("get robot model", "UR5")]
    [InlineData("what\tnot", "could not understand: 'what?not'")]
    public void A_question_gets_its_line(string command, string answer)
    {
        using var line = Connect();

        Assert.Equal(answer, Ask(line, command));
    }

    [Fact]
    public void Answers_follow_what_happens_at_the_arm()
    {
        using var line = Connect();
        _bench.Arm.Surroundings.SetSafeguard(true);
        _bench.StepSeconds(1);
        Assert.Equal("Safetymode: SAFEGUARD_STOP", Ask(line, "safetymode"));
        Assert.Equal("PAUSED pick-and-place.urp", Ask(line, "programState"));
        Assert.Equal("Program running: false", Ask(line, "running"));

        _bench.Arm.Pendant.PressEmergencyStop();
        _bench.StepSeconds(1);
        Assert.Equal("Safetystatus: ROBOT_EMERGENCY_STOP", Ask(line, "safetystatus"));
        Assert.Equal("Robotmode: POWER_OFF", Ask(line, "robotmode"));
        Assert.Equal("STOPPED pick-and-place.urp", Ask(line, "programState"));

        _bench.Arm.Pendant.SetManual(true);
        _bench.Step();
        Assert.Equal("MANUAL", Ask(line, "get operational mode"));
    }

    [Fact]
    public void Orders_are_taken_under_remote_control_only()
    {
        using var line = Connect();
        Assert.Equal("Failed to execute: pause", Ask(line, "pause"));
        Assert.Equal("Failed to execute: stop", Ask(line, "stop"));
        Assert.Equal("Failed to execute: play", Ask(line, "play"));
        Assert.Equal("Error while loading program: pick-and-place.urp", Ask(line, "load pick-and-place.urp"));
        _bench.StepSeconds(1);
        Assert.Equal(RuntimeState.Playing, _bench.State.RuntimeState);

        _bench.Arm.Pendant.SetRemoteControl(true);
        _bench.Step();
        Assert.Equal("true", Ask(line, "is in remote control"));
        Assert.Equal("Pausing program", Ask(line, "pause"));
        _bench.StepSeconds(1);
        Assert.Equal("PAUSED pick-and-place.urp", Ask(line, "programState"));
        Assert.Equal("Starting program", Ask(line, "play"));
        _bench.StepSeconds(1);
        Assert.Equal("Error while loading program: pick-and-place.urp", Ask(line, "load pick-and-place.urp"));
        Assert.Equal("Stopped", Ask(line, "stop"));
        _bench.StepSeconds(1);
        Assert.Equal("Loading program: /programs/pick-and-place.urp", Ask(line, "load /programs/pick-and-place.urp"));
        Assert.Equal("File not found: other.urp", Ask(line, "load other.urp"));
        Assert.Equal("Starting program", Ask(line, "play"));
    }

    [Fact]
    public void A_stopped_arm_is_not_played_from_outside()
    {
        using var line = Connect();
        _bench.Arm.Pendant.SetRemoteControl(true);
        _bench.Arm.Surroundings.TriggerProtectiveStop("test");
        _bench.StepSeconds(10);

        Assert.Equal("Failed to execute: play", Ask(line, "play"));
        _bench.StepSeconds(1);
        Assert.Equal(SafetyMode.ProtectiveStop, _bench.State.SafetyMode);
        Assert.Equal(RuntimeState.Paused, _bench.State.RuntimeState);
    }

    [Theory]
    [InlineData("power on")]
    [InlineData("power off")]
    [InlineData("brake release")]
    [InlineData("unlock protective stop")]
    [InlineData("restart safety")]
    [InlineData("close safety popup")]
    [InlineData("set operational mode manual")]
    [InlineData("clear operational mode")]
    public void What_needs_a_person_at_the_arm_is_refused_under_remote_control_too(string command)
    {
        using var line = Connect();
        _bench.Arm.Pendant.SetRemoteControl(true);
        _bench.Arm.Surroundings.TriggerFault();
        _bench.StepSeconds(10);
        var before = _bench.State;

        var refusal = Ask(line, command);
        Assert.StartsWith("Refused: this simulator's dashboard does not offer", refusal, StringComparison.Ordinal);
        Assert.EndsWith("Power, brakes, stops and modes need a person at the pendant.", refusal, StringComparison.Ordinal);

        _bench.StepSeconds(5);
        Assert.Equal(
            (before.RobotMode, before.SafetyStatusBits, before.OperationalMode, before.RuntimeState),
            (_bench.State.RobotMode, _bench.State.SafetyStatusBits, _bench.State.OperationalMode, _bench.State.RuntimeState));
    }

    [Theory]
    [InlineData("shutdown", "shutdown", "there is no computer to shut down; end the simulator itself, with Ctrl+C or SIGTERM.")]
    [InlineData("popup hello", "popup", "there is no pendant whose screen shows it.")]
    [InlineData("close popup", "close popup", "there is no pendant whose screen shows it.")]
    [InlineData("addToLog hello", "addToLog", "the arm has its one program, and no installation, log or reports.")]
    [InlineData("load installation default.installation", "load installation", "the arm has its one program, and no installation, log or reports.")]
    [InlineData("generate flight report system", "generate flight report", "the arm has its one program, and no installation, log or reports.")]
    [InlineData("generate support file /tmp", "generate support file", "the arm has its one program, and no installation, log or reports.")]
    [InlineData("set user role none", "set user role", "the pendant has no user roles.")]
    public void What_has_nothing_behind_it_is_refused_as_not_simulated(string command, string word, string reason)
    {
        using var line = Connect();

        Assert.Equal($"Refused: this simulator's dashboard does not offer \"{word}\". It is not simulated: {reason}", Ask(line, command));
    }

    [Fact]
    public void Commands_sent_at_once_or_in_pieces_are_answered_one_by_one()
    {
        using var line = Connect();
        Send(line, "robotmode\r\nsafety");
        Assert.Equal("Robotmode: RUNNING", line.ReadLine());
        Send(line, "mode\nversion\n");
        Assert.Equal("Safetymode: NORMAL", line.ReadLine());
        Assert.Equal("5.25.1.0", line.ReadLine());
    }

    [Fact]
    public void Quit_is_answered_and_ends_the_connection()
    {
        using var line = Connect();

        Assert.Equal("Disconnected", Ask(line, "quit"));
        Assert.Null(line.ReadLine());
    }

    [Fact]
    public void A_line_without_an_end_is_refused()
    {
        using var line = Connect();

        Send(line, new string('x', DashboardSession.LineBytesMax));

        Assert.StartsWith("Line without end", line.ReadLine(), StringComparison.Ordinal);
        Assert.Null(line.ReadLine());
    }

    [Fact]
    public void One_client_too_many_is_closed_and_a_place_that_comes_free_is_given_again()
    {
        var lines = Enumerable.Range(0, CobotDashboard.ClientsMax).Select(_ => Connect()).ToList();
        using (var sixth = new StreamReader(Stream()))
        {
            Assert.Null(sixth.ReadLine());
        }

        Ask(lines[0], "quit");
        Assert.True(SpinWait.SpinUntil(IsWelcome, PatienceMillis), "no place came free");
        lines.ForEach(line => line.Dispose());
    }

    [Fact]
    public void A_cut_cable_ends_connections_until_it_is_mended()
    {
        using var line = Connect();
        _dashboard.IsCut = true;
        Assert.Null(line.ReadLine());
        Assert.False(IsWelcome());

        _dashboard.IsCut = false;
        Assert.True(IsWelcome());
    }

    [Fact]
    public void A_slow_dashboard_answers_all_the_same()
    {
        using var line = Connect();
        _dashboard.AnswerDelay = TimeSpan.FromMilliseconds(200);
        var since = TimeProvider.System.GetTimestamp();

        Assert.Equal("5.25.1.0", Ask(line, "version"));
        Assert.True(TimeProvider.System.GetElapsedTime(since).TotalMilliseconds >= 190);
    }

    [Fact]
    public void Without_a_program_there_is_none_to_tell_of()
    {
        using var bench = new CobotBench(new CobotSettings { Program = null });
        bench.StepSeconds(1);
        var commands = new DashboardCommands(bench.Arm);

        Assert.Equal("No program loaded", commands.Answer("get loaded program"));
        Assert.Equal("STOPPED", commands.Answer("programState"));
        Assert.Equal("false", commands.Answer("isProgramSaved"));
        bench.Arm.Pendant.SetRemoteControl(true);
        Assert.Equal("Failed to execute: play", commands.Answer("play"));
        Assert.Equal("Loading program: pick-and-place.urp", commands.Answer("load pick-and-place.urp"));
        Assert.Equal("Starting program", commands.Answer("play"));
    }

    private NetworkStream Stream()
    {
        var client = new TcpClient { ReceiveTimeout = PatienceMillis };
        _clients.Add(client);
        client.Connect(_dashboard.EndPoint);
        return client.GetStream();
    }

    private StreamReader Connect()
    {
        var line = new StreamReader(Stream(), Encoding.ASCII);
        Assert.Equal(DashboardCommands.Banner, line.ReadLine());
        return line;
    }

    private bool IsWelcome()
    {
        try
        {
            using var line = new StreamReader(Stream(), Encoding.ASCII);
            return line.ReadLine() == DashboardCommands.Banner;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Send(StreamReader line, string text) => line.BaseStream.Write(Encoding.ASCII.GetBytes(text));

    private static string? Ask(StreamReader line, string command)
    {
        Send(line, command + "\n");
        return line.ReadLine();
    }
}
