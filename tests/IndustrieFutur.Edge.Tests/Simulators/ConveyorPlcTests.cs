using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Tests.Simulators;

/// <summary>The simulated conveyor behaves like one, and the same way every time.</summary>
public sealed class ConveyorPlcTests
{
    private readonly ConveyorPlc _plc = new(seed: 7);
    private long _tick;

    [Fact]
    public void The_same_seed_gives_the_same_day()
    {
        var (journal, first) = Day(seed: 7);
        var (twinJournal, twin) = Day(seed: 7);

        Assert.Equal(first, twin);
        Assert.Equal(journal, twinJournal);
        Assert.Contains(journal, line => line.EndsWith("plc state Execute", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_seed_gives_another_day()
    {
        Assert.NotEqual(Day(seed: 7).Journal, Day(seed: 8).Journal);
    }

    [Fact]
    public void After_its_start_the_conveyor_runs_at_its_setpoint_and_counts_parts()
    {
        Run(seconds: 60);

        Assert.InRange(Number(ModbusType.F32, 0, 2), 245, 255);
        Assert.InRange(Number(ModbusType.U16, 2, 1), 100, 400);
        Assert.InRange(Number(ModbusType.U32, 4, 2), 15, 60);
        Assert.Equal(Number(ModbusType.U32, 4, 2), Number(ModbusType.U32, 6, 2) + Number(ModbusType.U32, 8, 2));
        Assert.Equal((double)PackMlState.Execute, Number(ModbusType.U16, 10, 1));
        Assert.Equal(1, Number(ModbusType.U16, 11, 1));
        Assert.InRange(Number(ModbusType.I16, 3, 1), 221, 500);
        Assert.Equal(0b100, Number(ModbusType.U16, 13, 1));
    }

    [Fact]
    public void The_heartbeat_is_up_one_every_half_second()
    {
        Run(seconds: 10);

        Assert.Equal(20, Number(ModbusType.U16, 14, 1));
    }

    [Fact]
    public void The_photo_eyes_see_parts_pass()
    {
        var (entry, exit) = (0, 0);
        for (var tick = 0; tick < 60 * SimulatedTime.TicksPerSecond; tick++)
        {
            var before = Discretes();
            Step(1);
            var after = Discretes();
            entry += before[1] < after[1] ? 1 : 0;
            exit += before[2] < after[2] ? 1 : 0;
        }

        Assert.InRange(entry, 15, 80);
        Assert.InRange(exit, 15, 80);
    }

    [Fact]
    public void A_part_jams_now_and_then_and_the_conveyor_goes_on_after_it()
    {
        var jams = 0;
        for (var second = 0; second < 1800; second++)
        {
            var before = Number(ModbusType.U16, 12, 1);
            Run(seconds: 1);
            jams += before == 0 && Number(ModbusType.U16, 12, 1) != 0 ? 1 : 0;
        }

        Assert.InRange(jams, 3, 60);
        Assert.True(Number(ModbusType.U32, 4, 2) > 500);
    }

    [Fact]
    public void A_new_setpoint_takes_effect()
    {
        Run(seconds: 10);

        Assert.True(_plc.TryWrite(ModbusTable.HoldingRegisters, 0, [0x42C8, 0x0000]));
        Run(seconds: 5);

        Assert.InRange(Number(ModbusType.F32, 0, 2), 97, 103);
    }

    [Fact]
    public void Each_write_request_is_counted_whether_it_was_taken_or_not()
    {
        _plc.TryWrite(ModbusTable.HoldingRegisters, 0, [0x42C8, 0x0000]);
        _plc.TryWrite(ModbusTable.HoldingRegisters, 4, [1]);
        _plc.TryRead(ModbusTable.HoldingRegisters, 0, new ushort[2]);
        _plc.TrySetSpeed(100);

        Assert.Equal(2, _plc.Writes);
    }

    [Theory]
    [InlineData(PackMlCommand.Stop, PackMlState.Stopped, false)]
    [InlineData(PackMlCommand.Hold, PackMlState.Held, false)]
    [InlineData(PackMlCommand.Abort, PackMlState.Aborted, false)]
    [InlineData(PackMlCommand.Suspend, PackMlState.Suspended, false)]
    [InlineData(PackMlCommand.Complete, PackMlState.Complete, false)]
    [InlineData(PackMlCommand.Start, PackMlState.Execute, true)]
    public void A_command_changes_the_state_and_the_belt_follows(PackMlCommand command, PackMlState state, bool runs)
    {
        Run(seconds: 10);

        Assert.True(_plc.TryWrite(ModbusTable.HoldingRegisters, 3, [(ushort)command]));
        Run(seconds: 4);

        Assert.Equal((double)state, Number(ModbusType.U16, 10, 1));
        Assert.Equal(runs, Discretes()[0] == 1);
        Assert.Equal(runs, Number(ModbusType.F32, 0, 2) > 10);
    }

    [Fact]
    public void It_says_its_name()
    {
        var registers = new ushort[4];

        Assert.True(_plc.TryRead(ModbusTable.InputRegisters, 15, registers));

        Assert.Equal([0x434F, 0x4E56, 0x2D30, 0x3100], registers);
    }

    [Fact]
    public void What_it_does_not_have_does_not_exist()
    {
        Assert.False(_plc.TryRead(ModbusTable.InputRegisters, 19, new ushort[1]));
        Assert.False(_plc.TryRead(ModbusTable.DiscreteInputs, 4, new ushort[2]));
        Assert.False(_plc.TryRead(ModbusTable.Coils, 0, new ushort[1]));
        Assert.False(_plc.TryWrite(ModbusTable.HoldingRegisters, 3, new ushort[2]));
    }

    [Fact]
    public void After_the_emergency_stop_nothing_restarts_before_clear_reset_and_start()
    {
        Run(seconds: 10);
        _plc.PressEmergencyStop();
        Run(seconds: 3);
        var pressed = _plc.State;
        var wasDeaf = !_plc.TryTell(PackMlCommand.Clear);
        _plc.ReleaseEmergencyStop();
        Run(seconds: 3);
        var released = _plc.State;
        foreach (var command in new[] { PackMlCommand.Clear, PackMlCommand.Reset, PackMlCommand.Start })
        {
            Assert.True(_plc.TryTell(command));
            Run(seconds: 2);
        }

        Assert.Equal((PackMlState.Aborted, 21, 0b10001), (pressed.State, pressed.FaultCode, pressed.StackLight));
        Assert.True(wasDeaf);
        Assert.Equal((PackMlState.Aborted, 0), (released.State, released.FaultCode));
        Assert.Equal(PackMlState.Execute, _plc.State.State);
    }

    [Fact]
    public void An_open_guard_shows_stops_the_belt_and_refuses_a_start()
    {
        Run(seconds: 10);
        _plc.OpenGuard();
        Run(seconds: 3);
        var open = Discretes();
        var state = _plc.State.State;
        Assert.True(_plc.TryTell(PackMlCommand.Reset));
        Run(seconds: 2);

        Assert.Equal([0, 1], new[] { open[3], open[4] });
        Assert.Equal(PackMlState.Stopped, state);
        Assert.False(_plc.TryTell(PackMlCommand.Start));
        _plc.CloseGuard();
        Assert.True(_plc.TryTell(PackMlCommand.Start));
    }

    [Fact]
    public void A_jam_holds_the_belt_and_whoever_stops_it_meanwhile_is_not_overruled()
    {
        Run(seconds: 10);
        _plc.Jam(seconds: 4);
        Run(seconds: 2);
        var jammed = _plc.State;
        Assert.True(_plc.TryTell(PackMlCommand.Stop));
        Run(seconds: 6);

        Assert.Equal((PackMlState.Held, 17), (jammed.State, jammed.FaultCode));
        Assert.Equal((PackMlState.Stopped, 0), (_plc.State.State, _plc.State.FaultCode));
    }

    [Fact]
    public void A_starved_conveyor_suspends_and_goes_on_when_parts_come_again()
    {
        Run(seconds: 10);
        _plc.IsStarved = true;
        Run(seconds: 3);
        var starved = _plc.State.State;
        _plc.IsStarved = false;
        Run(seconds: 2);

        Assert.Equal(PackMlState.Suspended, starved);
        Assert.Equal(PackMlState.Execute, _plc.State.State);
    }

    [Fact]
    public void The_mode_changes_only_where_nothing_is_under_way()
    {
        Run(seconds: 10);
        Assert.True(_plc.TryWrite(ModbusTable.HoldingRegisters, 2, [(ushort)PackMlMode.Manual]));
        Run(seconds: 1);
        var running = _plc.State.Mode;
        Assert.True(_plc.TryTell(PackMlCommand.Stop));
        Run(seconds: 2);

        Assert.Equal(PackMlMode.Produce, running);
        Assert.Equal(PackMlMode.Manual, _plc.State.Mode);
    }

    [Fact]
    public void Its_counters_can_be_reset_and_wrap()
    {
        Run(seconds: 30);
        _plc.SetCounters(good: uint.MaxValue);
        Run(seconds: 30);
        var wrapped = _plc.State;
        _plc.SetCounters();
        Step(10);

        Assert.InRange(wrapped.Total, 1u, 60u);
        Assert.Equal(wrapped.Total, unchecked(wrapped.Good + wrapped.Rejected));
        Assert.InRange(Number(ModbusType.U32, 4, 2), 0, 1);
    }

    [Fact]
    public void Its_faults_show_in_what_it_measures_and_change_nothing_of_its_day()
    {
        Run(seconds: 10);
        _plc.Faults.IsFrozen = true;
        var beat = _plc.State.Heartbeat;
        _plc.Faults.StopsHeartbeat = true;
        Step(10);
        var before = _plc.State;
        Run(seconds: 20);
        var frozen = _plc.State;
        _plc.Faults.IsFrozen = false;
        _plc.Faults.TemperatureDriftPerMinute = 60;
        Run(seconds: 10);
        var drifted = _plc.State;
        _plc.Faults.TemperatureDriftPerMinute = 0;
        Step(10);

        Assert.Equal((before.SpeedMillimetresPerSecond, before.MotorDegrees), (frozen.SpeedMillimetresPerSecond, frozen.MotorDegrees));
        Assert.Equal(beat, frozen.Heartbeat);
        Assert.True(frozen.Total > before.Total);
        Assert.InRange(drifted.MotorDegrees - _plc.State.MotorDegrees, 9, 11);
    }

    private static (IReadOnlyList<string> Journal, ushort[] Inputs) Day(int seed)
    {
        var journal = new Journal();
        var plc = new ConveyorPlc(seed, "plc", journal);
        using var clock = new SimulationClock();
        clock.Add(plc);
        clock.Step(300 * SimulatedTime.TicksPerSecond);
        return (journal.Lines, Inputs(plc));
    }

    private void Run(int seconds) => Step(seconds * SimulatedTime.TicksPerSecond);

    private void Step(int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            _plc.Tick(new SimulatedTime(++_tick));
        }
    }

    private static ushort[] Inputs(ConveyorPlc plc)
    {
        var registers = new ushort[19];
        Assert.True(plc.TryRead(ModbusTable.InputRegisters, 0, registers));
        return registers;
    }

    private ushort[] Discretes()
    {
        var bits = new ushort[5];
        Assert.True(_plc.TryRead(ModbusTable.DiscreteInputs, 0, bits));
        return bits;
    }

    private double Number(ModbusType type, int start, int length)
    {
        var bytes = new byte[2 * length];
        var registers = Inputs(_plc).AsSpan(start, length);
        for (var i = 0; i < length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), registers[i]);
        }

        var bits = ModbusValue.Decode(bytes, type, ModbusWordOrder.Abcd);
        return type == ModbusType.F32 ? BitConverter.Int64BitsToDouble(bits) : bits;
    }
}
