using System.Net;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Tests.Simulators.OpcUa;

/// <summary>The command lines of the simulators with OPC UA: what they mean, and what is said of a mistake.</summary>
public sealed class SimulatorArgumentsTests
{
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
            "--seed", "7", "--speed", "2.5", "--id", "left-arm", "--data", "here", "--user", "operator", "--password", "env:PW");

        Assert.Equal((new IPEndPoint(IPAddress.Any, 4841), null, 0, "10.0.0.1:502"), (settings.OpcUa!.Listen, settings.Rtde, settings.Dashboard!.Port, $"{settings.Modbus}"));
        Assert.Equal((7, 2.5, "left-arm"), (settings.Arm.Seed, settings.Speed, settings.Arm.Id));
        Assert.Equal(
            ("here", "operator", "env:PW", true, true, false),
            (settings.OpcUa.DataFolder, settings.OpcUa.User, $"{settings.OpcUa.Password}", settings.OpcUa.AcceptsAnyClient, settings.OpcUa.AllowInsecure, settings.OpcUa.IsAnonymousAllowed));
    }

    [Fact]
    public void Opc_ua_can_be_left_out() => Assert.Null(Cobot("--opcua", "off").OpcUa);

    [Theory]
    [InlineData("--speed 21", "--speed 21: not known, or no value for it")]
    [InlineData("--rtde nowhere", "--rtde nowhere: not known, or no value for it")]
    [InlineData("--seed", "--seed: not known, or no value for it")]
    [InlineData("--id a/b", "--id a/b: not known, or no value for it")]
    [InlineData("--user operator", "--user and --password go together: --user operator --password env:OPERATOR_PASSWORD")]
    [InlineData("--user operator --password secret", "--password secret: not known, or no value for it")]
    public void A_mistake_is_named(string line, string error)
    {
        Assert.Null(CobotArguments.Parse(line.Split(' '), out var said));
        Assert.Equal(error, said);
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
