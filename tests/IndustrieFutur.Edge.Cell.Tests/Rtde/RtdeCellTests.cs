using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Cell.Tests.Rtde;

/// <summary>The program as a user runs it reads the simulated controller, from the socket to the store.</summary>
public sealed class RtdeCellTests
{
    private const int Seconds = 4;

    [Fact]
    public void A_robot_is_read_at_500_Hz_into_the_store_and_two_devices_of_it_have_a_connection_each()
    {
        var arm = new CobotArm(new CobotSettings(), new Journal());
        using var server = new RtdeServer(arm, new IPEndPoint(IPAddress.Loopback, 0));
        using var clock = new SimulationClock();
        server.Refuse("tool_temperature");
        clock.Add(arm);
        clock.Add(server);
        clock.Start();
        using var workplace = new Workplace();
        var file = workplace.Write(Cell(server.EndPoint.Port));

        using var edge = EdgeProcess.Start(workplace.Folder, "run", file, "--for", $"{Seconds}s", "--json");
        Assert.True(SpinWait.SpinUntil(() => server.Clients == 2, TimeSpan.FromSeconds(20)), $"the robot has {server.Clients} clients. {edge.Errors}");
        var exitCode = edge.WaitForExit(TimeSpan.FromSeconds(Seconds + 60));

        Assert.True(exitCode == 0, $"exit {exitCode}: {edge.Errors}");
        var ledger = edge.Ledger();
        Assert.Contains("device slow, t: the controller does not know this field (NOT_FOUND)", edge.Errors, StringComparison.Ordinal);
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>());
        Assert.Equal([0, 0], Numbers(ledger, "lost"));
        Assert.Equal([0, 0], Numbers(ledger, "reconnects"));
        Assert.Equal([0, 1], Numbers(ledger, "fieldsRefused"));
        Assert.Equal([2_000_000, 8_000_000], Numbers(ledger, "periodNanos"));
        var rows = StoredRows.Read(Path.Combine(workplace.Folder, "data"));
        Assert.True(rows["fast/x"].Count > Seconds * 500 / 2, $"only {rows["fast/x"].Count} values are stored. {ledger}");
        Assert.All(rows["fast/x"].Zip(rows["fast/x"].Skip(1)), pair => Assert.Equal(0.002, pair.Second - pair.First, 1e-9));
        Assert.Equal(0, server.Dropped);
    }

    private static IEnumerable<long> Numbers(JsonObject ledger, string name) =>
        ledger["links"]!.AsArray().Select(link => link!["rtde"]![name]!.GetValue<long>());

    private static JsonObject Cell(int port)
    {
        var broker = FreePort.Next();
        var cell = Configurations.Cell(Robot(port, 500, ("x", "timestamp")), $"mqtt://127.0.0.1:{broker}", Configurations.Embedded());
        cell["devices"] = new JsonObject
        {
            ["fast"] = Robot(port, 500, ("x", "timestamp")),
            ["slow"] = Robot(port, 125, ("x", "timestamp"), ("t", "tool_temperature")),
        };
        return Configurations.WithBroker(cell, broker);
    }

    private static JsonObject Robot(int port, int frequency, params (string Id, string Field)[] signals)
    {
        var device = Configurations.Tcp(port);
        device["driver"] = "rtde";
        device["frequency"] = frequency;
        device["groups"] = new JsonObject
        {
            ["all"] = new JsonObject { ["signals"] = new JsonObject(signals.Select(signal => KeyValuePair.Create<string, JsonNode?>(signal.Id, new JsonObject { ["field"] = signal.Field }))) },
        };
        return device;
    }
}
