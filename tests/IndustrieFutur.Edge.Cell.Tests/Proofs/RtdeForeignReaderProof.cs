using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using IndustrieFutur.Edge.Cell.Tests.Rtde;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// Strangers at the simulated cell: a client of other hands reads the controller at 500 Hz for a minute, no package missing and none late;
/// mbpoll reads the Modbus maps, and a plain socket talks to the dashboard.
/// </summary>
public sealed class RtdeForeignReaderProof
{
    private const int PacketsPerSecond = 500;

    /// <summary>25 gaps of the brief form are above its p99: a machine that is away twice for 20 ms has them already.</summary>
    private static double GapP99MaxMillis => Proof.Length(6, 20);

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

        var (registers, answers) = AskTheCell();
        Proof.Say(
            $"{said["packets"]} packets of {said["fields"]} fields in {said["seconds"]} s, {said["lost"]} lost, {said["steps_wrong"]} steps but 2 ms; gap p50 {said["gap_p50_ms"]} ms, p99 {said["gap_p99_ms"]} ms, max {said["gap_max_ms"]} ms; mbpoll read {registers} registers of cobot, PLC and gripper, the dashboard gave {answers} answers");
        Assert.Equal((0, 0), ((int)said["lost"]!, (int)said["steps_wrong"]!));
        Assert.Equal(0, server.Dropped);
        Assert.True((double)said["gap_p99_ms"]! <= GapP99MaxMillis, $"the gap at p99 is {said["gap_p99_ms"]} ms");
    }

    private static (int Registers, int Answers) AskTheCell()
    {
        using var workplace = new Workplace();
        using var cell = new CellSimulator(new CellSettings { PtyFolder = workplace.Folder });
        cell.Start();
        var registers = Poll(1, 3, 258, 1, ["-m", "tcp", "-p", $"{cell.CobotModbusPort}", "127.0.0.1"])
            + Poll(1, 3, 270, 6, ["-m", "tcp", "-p", $"{cell.CobotModbusPort}", "127.0.0.1"])
            + Poll(1, 3, 10, 9, ["-m", "tcp", "-p", $"{cell.PlcModbusPort}", "127.0.0.1"])
            + Poll(1, 3, 10, 9, ["-m", "rtu", "-b", "19200", "-P", "even", cell.PlcPty!])
            + Poll(9, 3, 2000, 3, ["-m", "rtu", "-b", "115200", "-P", "none", cell.GripperPty!]);
        return (registers, Talk(cell.Dashboard.EndPoint));
    }

    /// <summary>Input registers by mbpoll; how many it said.</summary>
    private static int Poll(int unit, int type, int start, int count, string[] where)
    {
        string[] arguments = ["-a", $"{unit}", "-t", $"{type}", "-0", "-r", $"{start}", "-c", $"{count}", "-1", .. where];
        using var poll = Process.Start(new ProcessStartInfo("mbpoll", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = poll.StandardOutput.ReadToEnd();
        Assert.True(poll.WaitForExit(TimeSpan.FromSeconds(20)) && poll.ExitCode == 0, $"mbpoll {string.Join(' ', arguments)}: {said}{poll.StandardError.ReadToEnd()}");
        var read = Regex.Count(said, @"^\[\d+\]:\s+-?\d+", RegexOptions.Multiline);
        Assert.Equal(count, read);
        return read;
    }

    private static int Talk(IPEndPoint dashboard)
    {
        (string Question, string Answer)[] talk =
        [
            ("robotmode", "Robotmode: RUNNING"), ("safetystatus", "Safetystatus: NORMAL"), ("running", "Program running: true"), ("get operational mode", "AUTOMATIC"),
        ];
        using var client = new TcpClient();
        client.Connect(dashboard);
        using var stream = client.GetStream();
        stream.ReadTimeout = 20_000;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("Connected: Universal Robots Dashboard Server", reader.ReadLine());
        foreach (var (question, answer) in talk)
        {
            stream.Write(Encoding.ASCII.GetBytes(question + "\n"));
            Assert.Equal(answer, reader.ReadLine());
        }

        return talk.Length;
    }
}
