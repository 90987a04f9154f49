using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Modbus;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Gripper;
using IndustrieFutur.Edge.Simulators.Lines;
using IndustrieFutur.Edge.Tests.Drivers.Modbus;
using IndustrieFutur.Edge.Tests.Protocols.Modbus;
using IndustrieFutur.Edge.Tests.Protocols.Serial;

namespace IndustrieFutur.Edge.Tests.Simulators.Gripper;

/// <summary>The simulated gripper answers the frames of the vendor's manual byte by byte, moves in its time, and our driver reads every signal of it.</summary>
public sealed class RobotiqGripperTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Journal _journal = new();
    private readonly RobotiqGripper _gripper;
    private readonly DeviceScene _scene;
    private IByteLink? _line;

    public RobotiqGripperTests()
    {
        _gripper = new RobotiqGripper(seed: 1, "gripper", _journal);
        _scene = new DeviceScene(_gripper, ModbusLines.Of(_gripper, RobotiqGripper.UsualUnit));
    }

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void The_frames_of_the_manual_are_answered_as_it_says()
    {
        Assert.Equal("091003E800030130", Ask("091003E80003060000000000007330"));
        Assert.Equal("091003E800030130", Ask("091003E800030601000000000072E1"));
        _scene.Run(0.1);
        Assert.Equal("090302110055D5", Ask("090307D0000185CF"));
        _scene.Run(3);
        Assert.Equal("09030231004C15", Ask("090307D0000185CF"));
        Assert.Equal("091003E800030130", Ask("091003E8000306090000FFFFFF4229"));
        _scene.Run(0.1);
        Assert.Equal("0903023900", Ask("090307D0000185CF")[..10]);
        _scene.Run(1);
        Assert.Equal("090302F900", Ask("090307D0000185CF")[..10]);
        Assert.Equal("091003E800030130", Ask("091003E800030609000000FFFF7219"));
        _scene.Run(1);
        _gripper.Present(50);
        Assert.Equal("091003E800030130", Ask("091003E8000306090000FFFFFF4229"));
        _scene.Run(1);
        Assert.Equal("090302B900", Ask("090307D0000185CF")[..10]);
    }

    [Fact]
    public void Each_write_request_is_counted_and_what_the_robots_program_tells_is_none()
    {
        _gripper.Command(GripperCommand.Activate);
        Ask("091003E8000306090000FFFFFF4229");
        Ask("090307D0000185CF");

        Assert.Equal(1, _gripper.Writes);
    }

    [Fact]
    public void Mbpoll_reads_its_three_registers()
    {
        _gripper.Command(GripperCommand.Activate);
        _scene.Run(3);
        _scene.Lines.OpenPty();

        var (exitCode, said) = ForeignPeer.Run(
            "mbpoll", "-m", "rtu", "-b", "115200", "-P", "none", "-a", "9", "-t", "4:hex", "-0", "-r", "2000", "-c", "3", "-1", _scene.Lines.PtyPath!);

        Assert.True(exitCode == 0, said);
        Assert.Matches(@"\[2000\]:\s+0x3100", said);
    }

    [Fact]
    public void It_stops_at_the_part_and_shows_how_wide_that_is()
    {
        Activate();
        _gripper.Command(GripperCommand.Grip);
        _scene.Run(0.5);

        Assert.True(_gripper.Holds);
        Assert.Equal(2, Bits(0, 14, 3));
        Assert.Equal(50, 85 * (1 - (Bits(2, 8, 255) / 255.0)), 0.2);
        Assert.InRange(Bits(2, 0, 255), 20, 80);
    }

    [Fact]
    public void A_full_stroke_takes_its_time()
    {
        Activate();
        _gripper.Command(GripperCommand.Grip);
        _gripper.Present(null);
        _scene.Run(0.5);
        var early = Bits(0, 14, 3);
        _scene.Run(0.1);

        Assert.Equal((0, 3), (early, Bits(0, 14, 3)));
    }

    [Fact]
    public void A_part_that_is_lost_shows_as_two_then_three()
    {
        Activate();
        _gripper.Command(GripperCommand.Grip);
        _scene.Run(0.5);
        _gripper.LosePart();
        _scene.Run(0.5);

        Assert.False(_gripper.Holds);
        Assert.Equal(3, Bits(0, 14, 3));
        Assert.Contains(_journal.Lines, line => line.EndsWith("gripper part lost", StringComparison.Ordinal));
    }

    [Fact]
    public void A_grip_that_misses_closes_on_nothing()
    {
        Activate();
        _gripper.MissesNext = true;
        _gripper.Command(GripperCommand.Grip);
        _scene.Run(1);

        Assert.False(_gripper.Holds);
        Assert.Equal(3, Bits(0, 14, 3));
    }

    [Fact]
    public void Before_its_activation_it_says_what_it_needs()
    {
        Ask("091003E800030609000000FFFF7219");
        _scene.Run(0.02);
        var delayed = Bits(1, 8, 255);
        _scene.Run(3);
        var done = Bits(1, 8, 255);
        _gripper.Command(GripperCommand.Reset);
        Write(1000, 0x0800);
        _scene.Run(0.02);

        Assert.Equal((5, 0, 7), (delayed, done, Bits(1, 8, 255)));
    }

    [Fact]
    public void An_automatic_release_ends_in_a_fault_that_only_a_reset_takes_away()
    {
        Activate();
        _gripper.Command(GripperCommand.Grip);
        _scene.Run(1);
        Write(1000, 0x1900);
        _scene.Run(0.1);
        var releasing = Bits(1, 8, 255);
        _scene.Run(6);
        var released = Bits(1, 8, 255);
        Write(1000, 0x0000);
        _scene.Run(0.02);

        Assert.Equal((0x0B, 0x0F, 0), (releasing, released, Bits(1, 8, 255)));
        Assert.False(_gripper.Holds);
    }

    [Fact]
    public void Chance_misses_and_drops_a_few_parts_of_a_thousand_and_the_same_ones_each_day()
    {
        var first = Day();
        var second = Day();

        Assert.Equal(first.Journal, second.Journal);
        Assert.InRange(first.Misses, 3, 25);
        Assert.InRange(first.Journal.Count(line => line.EndsWith("part lost", StringComparison.Ordinal)), 1, 15);
    }

    [Fact]
    public void Our_driver_reads_every_signal_of_it()
    {
        Activate();
        _gripper.Command(GripperCommand.Grip);
        _scene.Run(1);
        _gripper.Break();
        _scene.Run(0.1);
        _scene.Lines.OpenPty();
        using var bench = new ModbusBench(null, Device());
        bench.Driver.Connect();
        var seen = new Dictionary<string, object>();

        Assert.True(SpinWait.SpinUntil(() => Step(bench, seen), Patience), string.Join(", ", seen));
        Assert.Equal([3L, 2L, 105L, 14L], new[] { "state", "object", "position", "fault" }.Select(id => seen[id]));
        Assert.InRange((long)seen["current"], 20, 80);
    }

    private static bool Step(ModbusBench bench, Dictionary<string, object> seen)
    {
        Pacer.SleepUntil(bench.Driver.Step(MonoClock.NowNanos()));
        foreach (var (id, status, value) in bench.Take())
        {
            Assert.True(StatusCode.IsGood(status), $"{id} is {StatusCode.Name(status)}");
            seen[id] = value;
        }

        return seen.Count == 5;
    }

    private static (IReadOnlyList<string> Journal, int Misses) Day()
    {
        var journal = new Journal();
        var gripper = new RobotiqGripper(seed: 3, "gripper", journal);
        using var scene = new DeviceScene(gripper, ModbusLines.Of(gripper, RobotiqGripper.UsualUnit));
        gripper.Command(GripperCommand.Activate);
        scene.Run(3);
        var misses = 0;
        for (var part = 0; part < 1_000; part++)
        {
            gripper.Command(GripperCommand.Grip);
            scene.Run(0.6);
            misses += gripper.Holds ? 0 : 1;
            scene.Run(3);
            gripper.Command(GripperCommand.Open);
            scene.Run(0.6);
        }

        return (journal.Lines, misses);
    }

    private ModbusOptions Device() => new()
    {
        Serial = new SerialOptions { Port = _scene.Lines.PtyPath!, Settings = "115200 8N1" },
        Unit = RobotiqGripper.UsualUnit,
        AddressBase = 0,
        Groups = new Dictionary<string, GroupOptions<ModbusSignalOptions>>
        {
            ["all"] = new()
            {
                Interval = TimeSpan.FromMilliseconds(20),
                Signals = new Dictionary<string, ModbusSignalOptions>
                {
                    ["state"] = new() { Address = "4x2000", BitRange = "12..13" },
                    ["object"] = new() { Address = "4x2000", BitRange = "14..15" },
                    ["fault"] = new() { Address = "4x2001", BitRange = "8..11" },
                    ["position"] = new() { Address = "4x2002", BitRange = "8..15" },
                    ["current"] = new() { Address = "4x2002", BitRange = "0..7" },
                },
            },
        },
    };

    private void Activate()
    {
        _gripper.Command(GripperCommand.Activate);
        _scene.Run(3);
        Assert.Equal(3, Bits(0, 12, 3));
    }

    private int Bits(int register, int lowest, int mask)
    {
        var registers = new ushort[3];
        Assert.True(_gripper.TryRead(Edge.Protocols.Modbus.ModbusTable.HoldingRegisters, 2000, registers));
        return (registers[register] >> lowest) & mask;
    }

    private void Write(int register, ushort value) =>
        Assert.True(_gripper.TryWrite(Edge.Protocols.Modbus.ModbusTable.HoldingRegisters, register, [value]));

    /// <summary>Sends a frame as it stands and returns what comes back.</summary>
    private string Ask(string frame)
    {
        _line ??= _scene.OpenPty();
        _line.Write(Convert.FromHexString(frame));
        var length = frame[2..4] == "10" ? 8 : 5 + (2 * Convert.ToInt32(frame[8..12], 16));
        return Convert.ToHexString(SerialLine.ReadExactly(_line, length));
    }
}
