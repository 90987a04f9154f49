using System.Buffers.Binary;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Simulators.Rtde;

/// <summary>Shows a simulated arm over RTDE: its state, field by field, under RTDE's names.</summary>
internal sealed class CobotRtdeSource(CobotLook look) : IRtdeSource
{
    private const string BoolRegister = "output_bit_register_";
    private const string IntRegister = "output_int_register_";
    private const string DoubleRegister = "output_double_register_";
    private const int FirstBoolRegister = 64;

    private CobotState _state;

    /// <inheritdoc/>
    public void Look() => look(out _state);

    /// <inheritdoc/>
    public bool TryRead(string field, Span<byte> target) =>
        TryVector(field, target) || TryDouble(field, target) || TryWhole(field, target) || TryRegister(field, target);

    private bool TryVector(string field, Span<byte> target)
    {
        switch (field)
        {
            case "target_q": return Put(_state.TargetQ, target);
            case "target_qd": return Put(_state.TargetQd, target);
            case "target_qdd": return Put(_state.TargetQdd, target);
            case "target_current": return Put(_state.TargetCurrent, target);
            case "target_moment": return Put(_state.TargetMoment, target);
            case "actual_q": return Put(_state.ActualQ, target);
            case "actual_qd": return Put(_state.ActualQd, target);
            case "actual_current": return Put(_state.ActualCurrent, target);
            case "actual_current_window": return Put(_state.ActualCurrentWindow, target);
            case "joint_control_output": return Put(_state.JointControlOutput, target);
            case "actual_TCP_pose": return Put(_state.ActualTcpPose, target);
            case "target_TCP_pose": return Put(_state.TargetTcpPose, target);
            case "actual_TCP_speed": return Put(_state.ActualTcpSpeed, target);
            case "target_TCP_speed": return Put(_state.TargetTcpSpeed, target);
            case "actual_TCP_force": return Put(_state.ActualTcpForce, target);
            case "joint_temperatures": return Put(_state.JointTemperatures, target);
            case "actual_joint_voltage": return Put(_state.ActualJointVoltage, target);
            case "tcp_offset": return Put(_state.TcpOffset, target);
            case "elbow_position": return Put(_state.ElbowPosition, target);
            case "elbow_velocity": return Put(_state.ElbowVelocity, target);
            case "actual_tool_accelerometer": return Put(_state.ActualToolAccelerometer, target);
            case "joint_mode": return Put(_state.JointMode, target);
            default: return false;
        }
    }

    private bool TryDouble(string field, Span<byte> target)
    {
        switch (field)
        {
            case "speed_scaling": return Put(_state.SpeedScaling, target);
            case "target_speed_fraction": return Put(_state.TargetSpeedFraction, target);
            case "actual_momentum": return Put(_state.ActualMomentum, target);
            case "actual_main_voltage": return Put(_state.ActualMainVoltage, target);
            case "actual_robot_voltage": return Put(_state.ActualRobotVoltage, target);
            case "actual_robot_current": return Put(_state.ActualRobotCurrent, target);
            case "actual_execution_time": return Put(_state.ActualExecutionTime, target);
            case "standard_analog_input0": return Put(_state.StandardAnalogInput0, target);
            case "standard_analog_input1": return Put(_state.StandardAnalogInput1, target);
            case "standard_analog_output0": return Put(_state.StandardAnalogOutput0, target);
            case "standard_analog_output1": return Put(_state.StandardAnalogOutput1, target);
            case "io_current": return Put(_state.IoCurrent, target);
            case "tool_output_current": return Put(_state.ToolOutputCurrent, target);
            case "tool_analog_input0": return Put(_state.ToolAnalogInput0, target);
            case "tool_analog_input1": return Put(_state.ToolAnalogInput1, target);
            case "tool_temperature": return Put(_state.ToolTemperature, target);
            case "tcp_force_scalar": return Put(_state.TcpForceScalar, target);
            case "actual_robot_energy_consumed": return Put(_state.ActualRobotEnergyConsumed, target);
            case "actual_robot_braking_energy_dissipated": return Put(_state.ActualRobotBrakingEnergyDissipated, target);
            default: return false;
        }
    }

    private bool TryWhole(string field, Span<byte> target)
    {
        switch (field)
        {
            case "robot_mode": return Put((int)_state.RobotMode, target);
            case "safety_mode": return Put((int)_state.SafetyMode, target);
            case "safety_status": return Put((int)_state.SafetyStatus, target);
            case "tool_output_voltage": return Put(_state.ToolOutputVoltage, target);
            case "robot_status_bits": return Put((uint)_state.RobotStatusBits, target);
            case "safety_status_bits": return Put((uint)_state.SafetyStatusBits, target);
            case "runtime_state": return Put((uint)_state.RuntimeState, target);
            case "analog_io_types": return Put(_state.AnalogIoTypes, target);
            case "tool_mode": return Put(_state.ToolMode, target);
            case "tool_analog_input_types": return Put(_state.ToolAnalogInputTypes, target);
            case "output_bit_registers0_to_31": return Put(_state.OutputBitRegisters0To31, target);
            case "output_bit_registers32_to_63": return Put(_state.OutputBitRegisters32To63, target);
            case "actual_digital_input_bits": return Put(_state.ActualDigitalInputBits, target);
            case "actual_digital_output_bits": return Put(_state.ActualDigitalOutputBits, target);
            default: return false;
        }
    }

    private bool TryRegister(string field, Span<byte> target)
    {
        if (TryNumber(field, BoolRegister, out var number) && number is >= FirstBoolRegister and < FirstBoolRegister + 64)
        {
            target[0] = (byte)((_state.OutputBitRegisters64To127 >> (number - FirstBoolRegister)) & 1);
            return true;
        }

        if (TryNumber(field, IntRegister, out number) && number < IntRegisters.Count)
        {
            return Put(_state.OutputIntRegisters[number], target);
        }

        return TryNumber(field, DoubleRegister, out number) && number < DoubleRegisters.Count && Put(_state.OutputDoubleRegisters[number], target);
    }

    private static bool TryNumber(string field, string prefix, out int number)
    {
        number = 0;
        return field.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(field.AsSpan(prefix.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);
    }

    private static bool Put(double value, Span<byte> target)
    {
        BinaryPrimitives.WriteDoubleBigEndian(target, value);
        return true;
    }

    private static bool Put(int value, Span<byte> target)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, value);
        return true;
    }

    private static bool Put(uint value, Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, value);
        return true;
    }

    private static bool Put(ulong value, Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, value);
        return true;
    }

    private static bool Put(in Vector3 value, Span<byte> target) => Put([value.X, value.Y, value.Z], target);

    private static bool Put(ReadOnlySpan<double> values, Span<byte> target)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleBigEndian(target[(8 * i)..], values[i]);
        }

        return true;
    }

    private static bool Put(ReadOnlySpan<int> values, Span<byte> target)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(target[(4 * i)..], values[i]);
        }

        return true;
    }
}
