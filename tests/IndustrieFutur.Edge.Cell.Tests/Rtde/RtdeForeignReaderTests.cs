using System.Net;
using IndustrieFutur.Edge.Protocols.Rtde;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Cell.Tests.Rtde;

/// <summary>A client written from the public description reads our simulated controller as it would a real one.</summary>
public sealed class RtdeForeignReaderTests
{
    [Fact]
    public async Task A_foreign_client_negotiates_and_reads_every_package()
    {
        var arm = new CobotArm(new CobotSettings(), new Journal());
        using var server = new RtdeServer(arm, new IPEndPoint(IPAddress.Loopback, 0)) { Chatter = new RtdeText("hello", "edge", RtdeTextLevel.Info) };
        using var clock = new SimulationClock();
        clock.Add(arm);
        clock.Add(server);
        clock.Start();

        var said = await ForeignReader.ReadAsync(server.EndPoint.Port, packets: 500, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(
            (500, 0, 0, 21, "5.25.1.0"),
            ((int)said["packets"]!, (int)said["lost"]!, (int)said["steps_wrong"]!, (int)said["fields"]!, (string)said["version"]!));
        Assert.True((int)said["texts"]! >= 3);
    }
}
