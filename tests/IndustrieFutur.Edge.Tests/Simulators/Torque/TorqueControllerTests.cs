using System.Net;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Torque;
using IndustrieFutur.Edge.Tests.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Simulators.Torque;

/// <summary>The simulated controller tightens as the seed says and speaks Open Protocol as a client understands it that was written from the specification alone.</summary>
public sealed class TorqueControllerTests : IDisposable
{
    private readonly TorqueController _controller = new(seed: 1) { Vin = "P00000001" };
    private readonly DeviceScene _scene;

    public TorqueControllerTests()
    {
        _scene = new DeviceScene(_controller, _controller.Protocol);
        _scene.Lines.OpenTcp(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void A_client_in_python_gets_each_result_and_is_refused_what_it_may_not()
    {
        Tighten(3);

        var (exitCode, said) = ForeignPeer.Run(ForeignPeer.Python, ForeignPeer.Script("open_protocol_client.py"), $"{_scene.Lines.TcpPort}", "3");

        Assert.True(exitCode == 0, said);
        string[] expected =
        [
            "before start 006079", "started 2 CELL-SIM-TORQUE", "again 000196", "select 001892", "disable 004292", "unknown 123499",
            "revision 006097", "time 81 19", "alive 9999", "subscribed 0060", "result 1 ok 1", "result 2 ok 1", "result 3 ok 1",
            "vin P00000001", "subscribed twice 006009", "stopped 0003",
        ];
        Assert.All(expected, part => Assert.Contains(part, said, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_acknowledged_is_not_told_to_the_next_client()
    {
        Tighten(2);
        ForeignPeer.Run(ForeignPeer.Python, ForeignPeer.Script("open_protocol_client.py"), $"{_scene.Lines.TcpPort}", "2");
        Tighten(1);

        var (exitCode, said) = ForeignPeer.Run(ForeignPeer.Python, ForeignPeer.Script("open_protocol_client.py"), $"{_scene.Lines.TcpPort}", "1");

        Assert.True(exitCode == 0, said);
        Assert.Contains("result 3 ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_screw_runs_down_is_seated_and_reaches_its_torque()
    {
        _controller.Tighten();
        var torques = new List<double>();
        _scene.RunUntil(() => _controller.Torque > 0);
        _scene.RunUntil(() =>
        {
            torques.Add(_controller.Torque);
            return !_controller.IsTightening;
        });

        Assert.True(_controller.Results.TryNext(0, out _, out var result));
        Assert.InRange(torques[torques.Count / 3], 0.1, 1);
        Assert.InRange(result.TorqueCentinewtonMetres, 1180, 1220);
        Assert.InRange(torques.Max(), 11, 12.3);
        Assert.InRange(result.Degrees, 80, 100);
        Assert.Equal("2025-01-06:06:00:01", result.Time);
    }

    [Fact]
    public void Three_screws_of_a_hundred_are_bad_and_the_same_ones_each_day()
    {
        var first = Day();
        var second = Day();

        Assert.Equal(first, second);
        Assert.InRange(first.Count(line => line.Contains("NOK", StringComparison.Ordinal)), 10, 60);
        Assert.Contains(first, line => line.Contains("tightening 1000 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scenario_makes_the_next_screw_bad()
    {
        _controller.NextIsNok = true;
        Tighten(2);

        Assert.True(_controller.Results.TryNext(0, out _, out var bad));
        Assert.True(_controller.Results.TryNext(1, out _, out var good));
        Assert.Equal((false, 0, true), (bad.IsOk, bad.TorqueStatus, good.IsOk));
        Assert.InRange(bad.TorqueCentinewtonMetres, 950, 1050);
    }

    private static IReadOnlyList<string> Day()
    {
        var journal = new Journal();
        var controller = new TorqueController(seed: 5, "driver", journal);
        using var scene = new DeviceScene(controller, controller.Protocol);
        for (var screw = 0; screw < 1_000; screw++)
        {
            controller.Tighten();
            scene.Run(1.5);
        }

        return journal.Lines;
    }

    private void Tighten(int screws)
    {
        for (var screw = 0; screw < screws; screw++)
        {
            _controller.Tighten();
            _scene.Run(1.5);
        }
    }
}
