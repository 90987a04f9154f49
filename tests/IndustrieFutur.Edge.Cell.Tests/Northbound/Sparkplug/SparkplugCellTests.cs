using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Sparkplug;

/// <summary>The whole service with a Sparkplug sink beside its durable path, from a foreign Modbus slave to a host.</summary>
public sealed class SparkplugCellTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cell_is_born_tells_its_values_and_a_lost_device_and_dies_orderly()
    {
        var judge = new NodeJudge();
        await using var broker = await Mosquitto.StartProcessAsync(Cancellation);
        using var host = new SparkplugHost(broker.Port, judge);
        await host.ConnectAsync(Cancellation);
        using var workplace = new Workplace();
        var port = FreePort.Next();
        using var slave = ForeignSlave.Start(Cancellation, "tcp", port.ToString(CultureInfo.InvariantCulture));
        var cell = Configurations.Cell(Configurations.Registers(Configurations.Tcp(port), 1, "20ms"), $"mqtt://127.0.0.1:{broker.Port}", Configurations.Embedded());
        cell["sinks"]!["scada"] = new JsonObject
        {
            ["sink"] = "sparkplug",
            ["url"] = $"mqtt://127.0.0.1:{broker.Port}",
            ["groupId"] = "Usine 1",
            ["primaryHost"] = SparkplugHost.Id,
        };
        using var edge = EdgeProcess.Start(workplace.Folder, "run", workplace.Write(cell));

        await Until.TrueAsync("births and values", Limit, () => judge.Born is ["plc"] && judge.ValuesOf("plc") > 20, Cancellation);
        slave.Stop();
        await Until.TrueAsync("the device's death", Limit, () => judge.Born is [] && judge.DeviceDeaths == 1, Cancellation);
        edge.Terminate();

        Assert.True(edge.WaitForExit(Limit) == 0, edge.Errors);
        await Until.TrueAsync("the node's death", Limit, () => judge.Deaths == 1, Cancellation);
        Assert.Empty(judge.Faults);
        Assert.Equal((1, 1), (judge.Births, judge.DeviceBirths));
        Assert.True(File.Exists(Path.Combine(workplace.Folder, "data", "sparkplug-scada.bdseq")));
    }
}
