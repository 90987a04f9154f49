using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Rtde;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Tests.Simulators.Rtde;

/// <summary>The arm's state under RTDE's names: every documented field is there, in its own width, and of the state last looked at.</summary>
public sealed class CobotRtdeSourceTests
{
    private CobotState _state;

    [Fact]
    public void Every_documented_field_is_shown_in_the_width_of_its_type()
    {
        var source = Source();

        foreach (var name in RtdeFields.Names.Where(name => name != RtdeFields.Timestamp))
        {
            RtdeFields.TryFind(name, out var type);
            Assert.True(source.TryRead(name, new byte[RtdeFieldTypes.BytesOf(type)]), name);
            Assert.ThrowsAny<Exception>(() => source.TryRead(name, new byte[RtdeFieldTypes.BytesOf(type) - 1]));
        }

        Assert.False(source.TryRead("no_such_field", new byte[8]));
        Assert.False(source.TryRead("output_int_register_48", new byte[4]));
        Assert.False(source.TryRead("output_int_register_-1", new byte[4]));
        Assert.False(source.TryRead("output_bit_register_63", new byte[1]));
    }

    [Fact]
    public void Values_are_those_of_the_state()
    {
        _state.ActualQ[5] = -1.25;
        _state.ElbowPosition = new Vector3(0, 0, 0.5);
        _state.JointMode[3] = 253;
        _state.RobotMode = RobotMode.NoController;
        _state.SafetyStatusBits = (SafetyStatus)(1u << 7);
        _state.ActualDigitalInputBits = 1ul << 17;
        _state.OutputBitRegisters64To127 = 1ul << 63;
        _state.OutputIntRegisters[24] = 12;
        _state.OutputDoubleRegisters[24] = 2.5;
        var source = Source();

        Assert.Equal(-1.25, BinaryPrimitives.ReadDoubleBigEndian(Read(source, "actual_q").AsSpan(40)));
        Assert.Equal(0.5, BinaryPrimitives.ReadDoubleBigEndian(Read(source, "elbow_position").AsSpan(16)));
        Assert.Equal(253, BinaryPrimitives.ReadInt32BigEndian(Read(source, "joint_mode").AsSpan(12)));
        Assert.Equal(-1, BinaryPrimitives.ReadInt32BigEndian(Read(source, "robot_mode")));
        Assert.Equal(128u, BinaryPrimitives.ReadUInt32BigEndian(Read(source, "safety_status_bits")));
        Assert.Equal(1ul << 17, BinaryPrimitives.ReadUInt64BigEndian(Read(source, "actual_digital_input_bits")));
        Assert.Equal([1], Read(source, "output_bit_register_127"));
        Assert.Equal([0], Read(source, "output_bit_register_126"));
        Assert.Equal(12, BinaryPrimitives.ReadInt32BigEndian(Read(source, "output_int_register_24")));
        Assert.Equal(2.5, BinaryPrimitives.ReadDoubleBigEndian(Read(source, "output_double_register_24")));
    }

    [Fact]
    public void What_changes_shows_at_the_next_look()
    {
        var source = Source();
        _state.SpeedScaling = 0.75;

        Assert.Equal(0, BinaryPrimitives.ReadDoubleBigEndian(Read(source, "speed_scaling")));
        source.Look();
        Assert.Equal(0.75, BinaryPrimitives.ReadDoubleBigEndian(Read(source, "speed_scaling")));
    }

    [Fact]
    public void An_arm_is_seen_over_the_wire_as_it_is_at_the_end_of_each_tick()
    {
        var arm = new CobotArm(new CobotSettings(), new Journal());
        using var scene = new RtdeScene(arm);
        var client = scene.Started(500, "timestamp", "actual_q", "actual_TCP_pose");

        for (var tick = 0; tick < 2_000; tick++)
        {
            scene.Step(1);
            arm.Read(out var state);
            var values = RtdeScene.Next(client);

            Assert.Equal(state.Timestamp, BinaryPrimitives.ReadDoubleBigEndian(values));
            Assert.Equal(state.ActualQ[1], BinaryPrimitives.ReadDoubleBigEndian(values.AsSpan(16)));
            Assert.Equal(state.ActualTcpPose[2], BinaryPrimitives.ReadDoubleBigEndian(values.AsSpan(8 + 48 + 16)));
        }
    }

    private CobotRtdeSource Source()
    {
        var source = new CobotRtdeSource((out state) => state = _state);
        source.Look();
        return source;
    }

    private static byte[] Read(CobotRtdeSource source, string name)
    {
        RtdeFields.TryFind(name, out var type);
        var bytes = new byte[RtdeFieldTypes.BytesOf(type)];
        Assert.True(source.TryRead(name, bytes));
        return bytes;
    }
}
