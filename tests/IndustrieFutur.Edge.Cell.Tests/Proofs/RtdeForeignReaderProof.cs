using System.Net;
using IndustrieFutur.Edge.Cell.Tests.Rtde;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A foreign client reads the simulated controller at 500 Hz for a minute: no package is missing, none comes late.</summary>
public sealed class RtdeForeignReaderProof
{
    private const int PacketsPerSecond = 500;
    private const double GapP99MaxMillis = 6;

    private static int Seconds => Proof.Length(60, 5);

    [Fact]
    [Trait("Proof", "rtde-foreign-reader")]
    public async Task A_foreign_client_gets_every_package_in_time()
    {
        var arm = new CobotArm(new CobotSettings(), new Journal());
        using var server = new RtdeServer(arm, new IPEndPoint(IPAddress.Loopback, 0));
        using var clock = new SimulationClock();
        clock.Add(arm);
        clock.Add(server);
        clock.Start();

        // A tenth of the time more: a machine that is held up slips, and says so in the seconds.
        var said = await ForeignReader.ReadAsync(
            server.EndPoint.Port, Seconds * PacketsPerSecond, TimeSpan.FromSeconds(Seconds * 1.1), TestContext.Current.CancellationToken);

        Proof.Say(
            $"{said["packets"]} packets of {said["fields"]} fields in {said["seconds"]} s, {said["lost"]} lost, {said["steps_wrong"]} steps but 2 ms; gap p50 {said["gap_p50_ms"]} ms, p99 {said["gap_p99_ms"]} ms, max {said["gap_max_ms"]} ms");
        Assert.Equal((0, 0), ((int)said["lost"]!, (int)said["steps_wrong"]!));
        Assert.Equal(0, server.Dropped);
        Assert.True((double)said["gap_p99_ms"]! <= GapP99MaxMillis, $"the gap at p99 is {said["gap_p99_ms"]} ms");
    }
}
