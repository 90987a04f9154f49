using System.Net;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Plc;
using IndustrieFutur.Edge.Simulators.Scenarios;

namespace IndustrieFutur.Edge.Tests.Simulators.OpcUa;

/// <summary>The command lines of the simulators with OPC UA: what they mean, and what is said of a mistake.</summary>
public sealed class SimulatorArgumentsTests
{
    private const string Port = "a port, 0 to 65535 (0: any that is free), ADDRESS:PORT, or \"off\"";

    [Fact]
    public void A_cobot_speaks_everything_on_ports_of_loopback_that_need_no_rights()
    {
        var settings = Cobot();

        Assert.Equal(
            ["127.0.0.1:4840", "127.0.0.1:30004", "127.0.0.1:29999", "127.0.0.1:5020"],
            new[] { settings.OpcUa?.Listen, settings.Rtde, settings.Dashboard, settings.Modbus }.Select(place => $"{place}"));
        Assert.Equal((1.0, 1, false, false), (settings.Speed, settings.Arm.Seed, settings.OpcUa!.AcceptsAnyClient, settings.OpcUa.AllowInsecure));
    }

    [Fact]
    public void Every_word_of_a_cobot_is_understood()
    {
        var settings = Cobot(
            "--opcua", "0.0.0.0:4841", "--rtde", "off", "--accept-any-client", "--dashboard", "0", "--modbus", "10.0.0.1:502", "--insecure",
            "--seed", "7", "--speed", "2.5", "--id", "left-arm", "--data", "here", "--user", "operator", "--password", "env:PATH");

        Assert.Equal((new IPEndPoint(IPAddress.Any, 4841), null, 0, "10.0.0.1:502"), (settings.OpcUa!.Listen, settings.Rtde, settings.Dashboard!.Port, $"{settings.Modbus}"));
        Assert.Equal((7, 2.5, "left-arm"), (settings.Arm.Seed, settings.Speed, settings.Arm.Id));
        Assert.Equal(
            ("here", "operator", "env:PATH", true, true, false),
            (settings.OpcUa.DataFolder, settings.OpcUa.User, $"{settings.OpcUa.Password}", settings.OpcUa.AcceptsAnyClient, settings.OpcUa.AllowInsecure, settings.OpcUa.IsAnonymousAllowed));
    }

    [Fact]
    public void Opc_ua_can_be_left_out() => Assert.Null(Cobot("--opcua", "off").OpcUa);

    [Theory]
    [InlineData("--rtde 99999", "--rtde 99999: it must be " + Port)]
    [InlineData("--rtde nowhere", "--rtde nowhere: it must be " + Port)]
    [InlineData("--opcua 10.0.0.1", "--opcua 10.0.0.1: it must be " + Port)]
    [InlineData("--speed 21", "--speed 21: it must be a number, 0.1 to 20, times the wall's pace")]
    [InlineData("--speed 0", "--speed 0: it must be a number, 0.1 to 20, times the wall's pace")]
    [InlineData("--seed", "--seed: its value is missing; it must be a whole number, 0 to 2147483647")]
    [InlineData("--seed --speed 2", "--seed: its value is missing; it must be a whole number, 0 to 2147483647")]
    [InlineData("--seed -1", "--seed -1: it must be a whole number, 0 to 2147483647")]
    [InlineData("--id a/b", "--id a/b: it must be a name of letters, digits and dashes")]
    [InlineData("--user operator", "--user and --password go together: --user operator --password env:OPERATOR_PASSWORD")]
    [InlineData("--user operator --password hunter2", "--password: it must be env:NAME or file:PATH, where the password is; it is never written on a command line")]
    [InlineData("--rdte 30004", "--rdte: no such option; did you mean --rtde?")]
    [InlineData("-speed 2", "-speed: no such option; did you mean --speed?")]
    [InlineData("--rtde-port 1", "--rtde-port: no such option; did you mean --rtde?")]
    [InlineData("--accept-any-clients", "--accept-any-clients: no such option; did you mean --accept-any-client?")]
    [InlineData("--colour red", "--colour: no such option")]
    [InlineData("--seed 1 2", "2: no option stands before it")]
    public void A_mistake_is_named(string line, string error)
    {
        Assert.Null(CobotArguments.Parse(line.Split(' '), out var said));
        Assert.Equal(error, said);
    }

    [Fact]
    public void A_cobot_that_nothing_could_reach_is_refused()
    {
        Assert.Null(CobotArguments.Parse("--opcua off --rtde off --dashboard off --modbus off".Split(' '), out var error));
        Assert.Equal("every service is off, so nothing could reach the arm; leave one of --opcua, --rtde, --dashboard and --modbus on, such as --rtde 30004", error);
        Assert.NotNull(CobotArguments.Parse("--opcua off --rtde off --dashboard off".Split(' '), out _));
    }

    [Theory]
    [InlineData("env:EDGE_TEST_NOT_SET", "the environment variable EDGE_TEST_NOT_SET is not set")]
    [InlineData("file:/no/such/file", "the file /no/such/file cannot be read or is empty")]
    public void A_password_that_is_not_to_be_had_is_refused_at_the_start(string password, string why)
    {
        Assert.Null(CobotArguments.Parse(["--user", "operator", "--password", password], out var error));
        Assert.Equal($"--password {password}: {why}, so operator could not log in; put the password there, and start again", error);
    }

    [Fact]
    public void What_is_about_opc_ua_does_nothing_without_it_and_is_refused_with_every_device()
    {
        const string One = "--insecure: does nothing without OPC UA; add --opcua 4840, or another port, or leave it out";

        Assert.Null(CobotArguments.Parse(["--opcua", "off", "--insecure"], out var cobot));
        Assert.Null(PlcArguments.Parse(["--insecure"], out var plc));
        Assert.Null(CellArguments.Parse(["--insecure"], out var cell));
        Assert.Null(PlcArguments.Parse(["--data", "here", "--tcp", "0", "--user", "a", "--password", "env:PATH"], out var several));

        Assert.Equal([One, One, One], [cobot, plc, cell]);
        Assert.Equal("--data, --user, --password: do nothing without OPC UA; add --opcua 4840, or another port, or leave them out", several);
    }

    [Fact]
    public void A_modbus_unit_without_modbus_is_refused()
    {
        Assert.Null(PlcArguments.Parse(["--opcua", "4842", "--unit", "7"], out var error));
        Assert.Equal("--unit: does nothing without Modbus; add --tcp, --serial or --pty-link, or leave it out", error);
        Assert.Equal((byte)7, PlcArguments.Parse(["--opcua", "4842", "--unit", "7", "--tcp", "0"], out _)!.Unit);
        Assert.Equal((byte)7, PlcArguments.Parse(["--unit", "7"], out _)!.Unit);
    }

    [Fact]
    public void A_plc_speaks_opc_ua_when_it_is_told_to()
    {
        var silent = PlcArguments.Parse([], out _);
        var settings = PlcArguments.Parse(["--opcua", "4842", "--insecure", "--seed", "3"], out _);

        Assert.Equal((null, true), (silent?.OpcUa, silent?.Pty));
        Assert.Equal((4842, true, 3, false), (settings?.OpcUa?.Listen.Port, settings?.OpcUa?.AllowInsecure, settings?.Seed, settings?.Pty));
    }

    private static CobotSimulatorSettings Cobot(params string[] words) =>
        CobotArguments.Parse(words, out var error) ?? throw new InvalidOperationException(error);
}
