using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Tests.Simulators;

/// <summary>The simulated conveyor behaves like one, and the same way every time.</summary>
public sealed class ConveyorPlcTests
{
    private readonly ConveyorPlc _plc = new(seed: 7);

    [Fact]
    public void The_same_seed_gives_the_same_day()
    {
        var twin = new ConveyorPlc(seed: 7);
        Run(_plc, seconds: 300);
        Run(twin, seconds: 300);

        Assert.Equal(Inputs(_plc), Inputs(twin));
    }

    [Fact]
    public void Another_seed_gives_another_day()
    {
        var other = new ConveyorPlc(seed: 8);
        Run(_plc, seconds: 300);
        Run(other, seconds: 300);

        Assert.NotEqual(Inputs(_plc), Inputs(other));
    }

    [Fact]
    public void After_its_start_the_conveyor_runs_at_its_setpoint_and_counts_parts()
    {
        Run(_plc, seconds: 60);

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
        Run(_plc, seconds: 10);

        Assert.Equal(20, Number(ModbusType.U16, 14, 1));
    }

    [Fact]
    public void The_photo_eyes_see_parts_pass()
    {
        var (entry, exit) = (0, 0);
        for (var tick = 0; tick < 60 * ConveyorPlc.TicksPerSecond; tick++)
        {
            var before = Discretes();
            _plc.Tick();
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
            Run(_plc, seconds: 1);
            jams += before == 0 && Number(ModbusType.U16, 12, 1) != 0 ? 1 : 0;
        }

        Assert.InRange(jams, 3, 60);
        Assert.True(Number(ModbusType.U32, 4, 2) > 500);
    }

    [Fact]
    public void A_new_setpoint_takes_effect()
    {
        Run(_plc, seconds: 10);

        Assert.True(_plc.TryWrite(ModbusTable.HoldingRegisters, 0, [0x42C8, 0x0000]));
        Run(_plc, seconds: 5);

        Assert.InRange(Number(ModbusType.F32, 0, 2), 97, 103);
    }

    [Theory]
    [InlineData(PackMlCommand.Stop, PackMlState.Stopped, false)]
    [InlineData(PackMlCommand.Hold, PackMlState.Held, false)]
    [InlineData(PackMlCommand.Abort, PackMlState.Aborted, false)]
    [InlineData(PackMlCommand.Start, PackMlState.Execute, true)]
    public void A_command_changes_the_state_and_the_belt_follows(PackMlCommand command, PackMlState state, bool runs)
    {
        Run(_plc, seconds: 10);

        Assert.True(_plc.TryWrite(ModbusTable.HoldingRegisters, 3, [(ushort)command]));
        Run(_plc, seconds: 4);

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

    private static void Run(ConveyorPlc plc, int seconds)
    {
        for (var tick = 0; tick < seconds * ConveyorPlc.TicksPerSecond; tick++)
        {
            plc.Tick();
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
