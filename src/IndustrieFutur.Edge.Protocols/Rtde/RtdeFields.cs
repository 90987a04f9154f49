using System.Globalization;

namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>The output fields of a controller that are publicly documented, each with its type. Names are exact, capitals included.</summary>
public static class RtdeFields
{
    /// <summary>Seconds since the controller started; every recipe of ours begins with it.</summary>
    public const string Timestamp = "timestamp";

    private static readonly Dictionary<string, RtdeFieldType> Types = Build();

    public static IReadOnlyCollection<string> Names => Types.Keys;

    public static bool TryFind(string name, out RtdeFieldType type) => Types.TryGetValue(name, out type);

    private static Dictionary<string, RtdeFieldType> Build()
    {
        var types = new Dictionary<string, RtdeFieldType>(StringComparer.Ordinal);
        Add(
            types, RtdeFieldType.Double,
            Timestamp, "speed_scaling", "target_speed_fraction", "actual_momentum", "actual_main_voltage", "actual_robot_voltage",
            "actual_robot_current", "actual_execution_time", "standard_analog_input0", "standard_analog_input1", "standard_analog_output0",
            "standard_analog_output1", "io_current", "tool_output_current", "tool_analog_input0", "tool_analog_input1", "tool_temperature",
            "tcp_force_scalar", "actual_robot_energy_consumed", "actual_robot_braking_energy_dissipated");
        Add(
            types, RtdeFieldType.Vector6D,
            "target_q", "target_qd", "target_qdd", "target_current", "target_moment", "actual_q", "actual_qd", "actual_current",
            "actual_current_window", "joint_control_output", "actual_TCP_pose", "target_TCP_pose", "actual_TCP_speed", "target_TCP_speed",
            "actual_TCP_force", "joint_temperatures", "actual_joint_voltage", "tcp_offset");
        Add(types, RtdeFieldType.Vector3D, "elbow_position", "elbow_velocity", "actual_tool_accelerometer");
        Add(types, RtdeFieldType.Vector6Int32, "joint_mode");
        Add(types, RtdeFieldType.Int32, "robot_mode", "safety_mode", "safety_status", "tool_output_voltage");
        Add(
            types, RtdeFieldType.UInt32,
            "robot_status_bits", "safety_status_bits", "runtime_state", "analog_io_types", "tool_mode", "tool_analog_input_types",
            "output_bit_registers0_to_31", "output_bit_registers32_to_63");
        Add(types, RtdeFieldType.UInt64, "actual_digital_input_bits", "actual_digital_output_bits");
        AddRegisters(types, RtdeFieldType.Bool, "output_bit_register_", 64, 127);
        AddRegisters(types, RtdeFieldType.Int32, "output_int_register_", 0, 47);
        AddRegisters(types, RtdeFieldType.Double, "output_double_register_", 0, 47);
        return types;
    }

    private static void Add(Dictionary<string, RtdeFieldType> types, RtdeFieldType type, params string[] names)
    {
        foreach (var name in names)
        {
            types.Add(name, type);
        }
    }

    private static void AddRegisters(Dictionary<string, RtdeFieldType> types, RtdeFieldType type, string prefix, int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            types.Add(prefix + number.ToString(CultureInfo.InvariantCulture), type);
        }
    }
}
