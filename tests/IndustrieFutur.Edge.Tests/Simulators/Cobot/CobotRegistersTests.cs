using System.Buffers.Binary;
using System.Net;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Simulators;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>The arm's register map as our Modbus client reads it over TCP.</summary>
public sealed class CobotRegistersTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CobotBench _bench = new();
    private readonly ModbusTcpListener _listener;
    private readonly TcpLink _link;
    private readonly ModbusClient _client;

    public CobotRegistersTests()
    {
        _listener = new ModbusTcpListener(new CobotRegisters(_bench.Arm), 1, new IPEndPoint(IPAddress.Loopback, 0));
        _link = TcpLink.Connect("127.0.0.1", _listener.EndPoint.Port, Patience);
        _client = new ModbusClient(_link, ModbusClientSettings.Tcp()) { Timeout = Patience };
        _bench.StepTo(CobotPhase.MovingToPick);
        _bench.StepSeconds(1);
    }

    public void Dispose()
    {
        _link.Dispose();
        _listener.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void Joints_are_told_as_a_rest_and_whole_turns()
    {
        var (angles, turns, state) = (Read(270, 6), Read(320, 6), _bench.State);

        for (var i = 0; i < ArmModel.Joints; i++)
        {
            Assert.InRange(angles[i], (ushort)0, (ushort)6283);
            Assert.Equal(state.ActualQ[i], (angles[i] / 1000.0) + ((short)turns[i] * Math.Tau), 0.001);
        }

        Assert.Contains(turns, turn => (short)turn == -1);
    }

    [Fact]
    public void Figures_of_joints_and_tool_have_the_units_of_the_map()
    {
        var state = _bench.State;

        AssertSigned(state.ActualQd, 1000, Read(280, 6));
        AssertSigned(state.ActualCurrent, 1000, Read(290, 6));
        AssertSigned(state.JointTemperatures, 1, Read(300, 6));
        Assert.All(Read(310, 6), mode => Assert.Equal((ushort)JointMode.Running, mode));
        var pose = Read(400, 6);
        Assert.Equal(state.ActualTcpPose[0] * 10_000, (short)pose[0], 0.6);
        Assert.Equal(state.ActualTcpPose[2] * 10_000, (short)pose[2], 0.6);
        Assert.Equal(state.ActualTcpPose[4] * 1000, (short)pose[4], 0.6);
        AssertSigned(state.ActualTcpSpeed, 1000, Read(410, 6));
        Assert.Equal([0, 0, 160, 0, 0, 0], Read(420, 6));
        Assert.Equal(state.ActualRobotCurrent * 1000, Read(450, 1)[0], 0.6);
        Assert.Equal(state.IoCurrent * 1000, Read(451, 1)[0], 0.6);
        Assert.Equal(Math.Round(state.ToolTemperature), Read(769, 1)[0]);
    }

    [Fact]
    public void Modes_and_flags_follow_the_safety_system()
    {
        Assert.Equal([5, 25, (ushort)RobotMode.Running], Read(256, 3));
        Assert.Equal([1, 0, 0, 0, 0, 0, (ushort)SafetyMode.Normal], Read(260, 7));

        _bench.Arm.Surroundings.TriggerProtectiveStop("test");
        _bench.StepSeconds(1);
        Assert.Equal([1, 1, 0, 0, 0, 1, (ushort)SafetyMode.ProtectiveStop], Read(260, 7));

        _bench.Arm.Pendant.PressEmergencyStop();
        _bench.StepSeconds(1);
        Assert.Equal([0, 1, 1, 0, 0, 1, (ushort)SafetyMode.RobotEmergencyStop], Read(260, 7));
        Assert.Equal((ushort)RobotMode.PowerOff, Read(258, 1)[0]);
    }

    [Fact]
    public void Lines_are_there_as_registers_and_as_coils()
    {
        _bench.StepTo(CobotPhase.Weighing);

        Assert.Equal([0, 3], Read(0, 2));
        Assert.True(_client.Read(1, ModbusTable.Coils, 16, 16, out var coils).IsOk);
        Assert.Equal([3, 0], coils.ToArray());
    }

    [Fact]
    public void General_registers_and_inputs_keep_what_is_written()
    {
        Assert.True(_client.WriteRegisters(1, 254, [7, 9]).IsOk);
        Assert.Equal([7, 9], Read(254, 2));
        Assert.True(_client.WriteCoil(1, 301, true).IsOk);
        Assert.True(_client.Read(1, ModbusTable.Coils, 300, 3, out var bits).IsOk);
        Assert.Equal([2], bits.ToArray());
    }

    [Fact]
    public void The_time_is_taken_when_the_latch_is_written()
    {
        _bench.StepTo(state => state.Timestamp >= 61.234);
        Assert.Equal([0, 0, 0, 0, 0, 0], Read(2048, 6));
        Assert.True(_client.WriteRegisters(1, 2048, [1]).IsOk);
        _bench.StepSeconds(5);

        Assert.Equal([0, 234, 1, 1, 0, 0], Read(2048, 6));
    }

    [Theory]
    [InlineData(12, 1)]
    [InlineData(23, 1)]
    [InlineData(34, 1)]
    [InlineData(127, 2)]
    [InlineData(258, 3)]
    [InlineData(267, 1)]
    [InlineData(275, 2)]
    [InlineData(326, 1)]
    [InlineData(406, 1)]
    [InlineData(426, 1)]
    [InlineData(452, 1)]
    [InlineData(771, 1)]
    [InlineData(2053, 2)]
    [InlineData(65535, 1)]
    public void A_gap_is_an_illegal_address(ushort start, int count) =>
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, _client.Read(1, ModbusTable.HoldingRegisters, start, count, out _).Exception);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(258)]
    [InlineData(266)]
    [InlineData(270)]
    public void What_the_arm_measures_or_drives_itself_cannot_be_written(ushort address) =>
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, _client.WriteRegisters(1, address, [1]).Exception);

    private ushort[] Read(ushort start, int count)
    {
        Assert.True(_client.Read(1, ModbusTable.HoldingRegisters, start, count, out var data).IsOk, $"{count} from {start} on");
        var values = new ushort[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt16BigEndian(data[(2 * i)..]);
        }

        return values;
    }

    private static void AssertSigned(in Vector6 expected, double scale, ushort[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[i] * scale, (short)values[i], 0.6);
        }
    }
}
