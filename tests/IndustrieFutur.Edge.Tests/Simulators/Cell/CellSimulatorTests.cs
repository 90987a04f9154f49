using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.Tests.Simulators.Cell;

/// <summary>The whole cell: the devices follow the arm's program, the same seed gives the same day, and nothing stays open.</summary>
public sealed class CellSimulatorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-cell-").FullName;

    private readonly string _data = Directory.CreateTempSubdirectory("edge-cell-data-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public void A_part_is_gripped_weighed_screwed_scanned_and_placed_in_each_cycle()
    {
        using var cell = new CellSimulator(Calm());

        RunUntil(cell, CobotPhase.Returning);
        cell.Clock.Step(SimulatedTime.TicksPerSecond);

        string[] expected =
        [
            "gripper object ContactClosing at 105",
            FormattableString.Invariant($"scale load {cell.Cobot.PartKilograms * 1000:0.00} g"),
            "scale stable 1",
            "scale load 0.00 g",
            "driver tightening 1 OK",
            "gripper part let go",
            "scanner code P00000001",
        ];
        AssertInOrder(cell, expected);
        Assert.False(cell.Gripper.Holds);
    }

    [Fact]
    public void A_part_that_the_gripper_misses_is_neither_weighed_nor_scanned_and_its_tightening_is_bad()
    {
        using var cell = new CellSimulator(Calm());
        cell.Gripper.MissesNext = true;

        RunUntil(cell, CobotPhase.Returning);
        cell.Clock.Step(SimulatedTime.TicksPerSecond);

        Assert.Contains(cell.Journal.Lines, line => line.EndsWith("cobot part lost", StringComparison.Ordinal));
        Assert.DoesNotContain(cell.Journal.Lines, line => line.Contains(" scale load ", StringComparison.Ordinal) || line.Contains(" scanner ", StringComparison.Ordinal));
        Assert.Contains(cell.Journal.Lines, line => line.Contains("driver tightening 1 NOK", StringComparison.Ordinal));
    }

    [Fact]
    public void A_part_that_slips_is_lost_to_the_arm_once_and_the_next_one_is_held()
    {
        using var cell = new CellSimulator(Calm());
        RunUntil(cell, CobotPhase.MovingToScale);
        cell.Gripper.LosePart();

        RunUntil(cell, CobotPhase.Waiting);
        RunUntil(cell, CobotPhase.Weighing);

        Assert.True(cell.Gripper.Holds, string.Join('\n', cell.Journal.Lines));
        Assert.Single(cell.Journal.Lines, line => line.EndsWith("cobot part lost", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_journal_and_another_seed_another()
    {
        var (first, again, other) = (Day(seed: 5), Day(seed: 5), Day(seed: 6));

        Assert.True(first.Count > 100, $"only {first.Count} lines");
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void A_director_acts_before_every_other_device()
    {
        using var cell = new CellSimulator(Calm(), made => new Stopper(made));

        cell.Clock.Step(2);

        var (stopped, moving) = (LineOf(cell, "00000.002 cobot protective stop: directed"), LineOf(cell, "00000.002 cobot MovingToStart"));
        Assert.InRange(stopped, 0, moving - 1);
    }

    [Fact]
    public void Every_place_is_told_and_can_be_reached_and_is_gone_afterwards()
    {
        int[] ports;
        var opcUa = new UaDeviceSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), DataFolder = _data };
        using (var cell = new CellSimulator(Calm() with { PtyFolder = _folder, CobotOpcUa = opcUa }))
        {
            cell.Start();
            ports = [cell.CobotOpcUa!.EndPoint.Port, cell.Rtde.EndPoint.Port, cell.Dashboard.EndPoint.Port, cell.CobotModbusPort, cell.PlcModbusPort, cell.TorquePort];
            Assert.All(ports, port => Assert.Contains(cell.Places, place => place.EndsWith(FormattableString.Invariant($":{port}"), StringComparison.Ordinal)));
            Assert.All(ports, port => Assert.True(Answers(port)));
            Assert.All([cell.PlcPty, cell.GripperPty, cell.ScalePty, cell.ScannerPty], pty => Assert.True(File.Exists(pty)));
            Assert.Equal(11, cell.Places.Count);
        }

        Assert.All(ports, port => Assert.False(Answers(port)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_port_that_is_taken_is_named_and_nothing_stays_open()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var broken = Assert.Throws<LinkBrokenException>(() => new CellSimulator(Calm() with { PtyFolder = _folder, TorquePort = port }));

        Assert.Contains(FormattableString.Invariant($":{port}"), broken.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>A day on which the gripper misses nothing by chance in the first cycles.</summary>
    private static CellSettings Calm() => new() { Seed = 7, MinutesBetweenProtectiveStops = 0 };

    private static void RunUntil(CellSimulator cell, CobotPhase phase)
    {
        for (var tick = 0; cell.Cobot.Phase != phase; tick++)
        {
            Assert.True(tick < 60 * SimulatedTime.TicksPerSecond, $"no {phase} within a minute; {string.Join('\n', cell.Journal.Lines)}");
            cell.Clock.Step(1);
        }
    }

    private static int LineOf(CellSimulator cell, string beginning) =>
        cell.Journal.Lines.ToList().FindIndex(line => line.StartsWith(beginning, StringComparison.Ordinal));

    private static void AssertInOrder(CellSimulator cell, string[] expected)
    {
        var next = 0;
        foreach (var line in cell.Journal.Lines)
        {
            next += next < expected.Length && line.Contains(" " + expected[next], StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(next == expected.Length, $"'{expected[Math.Min(next, expected.Length - 1)]}' did not come in its turn: {string.Join('\n', cell.Journal.Lines)}");
    }

    private static IReadOnlyList<string> Day(int seed)
    {
        using var cell = new CellSimulator(new CellSettings { Seed = seed });
        cell.Clock.Step(120 * SimulatedTime.TicksPerSecond);
        return cell.Journal.Lines;
    }

    private static bool Answers(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Orders a protective stop in the first tick.</summary>
    private sealed class Stopper(CellSimulator cell) : ISimulatedDevice
    {
        public string Id => "director";

        public void Tick(in SimulatedTime now)
        {
            if (now.Tick == 1)
            {
                cell.Cobot.Surroundings.TriggerProtectiveStop("directed");
            }
        }
    }
}
