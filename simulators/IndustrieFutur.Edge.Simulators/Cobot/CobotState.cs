namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// All that can be seen of the arm at the end of one tick: a plain value that is copied whole, so that every server shows one moment and
/// none holds the arm up. The fields bear the names of RTDE's, and their units: rad, m, s, A, N, degrees Celsius, V.
/// </summary>
internal struct CobotState
{
    /// <summary>The tick of the cell's clock that this was the state after; 0 before the first.</summary>
    public long Tick;

    /// <summary>timestamp: s since the controller's start.</summary>
    public double Timestamp;

    /// <summary>target_q, rad.</summary>
    public Vector6 TargetQ;

    /// <summary>target_qd, rad/s.</summary>
    public Vector6 TargetQd;

    /// <summary>target_qdd, rad/s2.</summary>
    public Vector6 TargetQdd;

    /// <summary>target_current, A.</summary>
    public Vector6 TargetCurrent;

    /// <summary>target_moment, N.m.</summary>
    public Vector6 TargetMoment;

    /// <summary>actual_q, rad.</summary>
    public Vector6 ActualQ;

    /// <summary>actual_qd, rad/s.</summary>
    public Vector6 ActualQd;

    /// <summary>actual_current, A.</summary>
    public Vector6 ActualCurrent;

    /// <summary>actual_current_window, A: how far the current may be from the target before a protective stop.</summary>
    public Vector6 ActualCurrentWindow;

    /// <summary>joint_control_output, A.</summary>
    public Vector6 JointControlOutput;

    /// <summary>actual_TCP_pose: m in the base frame, then a rotation vector in rad.</summary>
    public Vector6 ActualTcpPose;

    /// <summary>target_TCP_pose, as the actual one.</summary>
    public Vector6 TargetTcpPose;

    /// <summary>actual_TCP_speed, m/s and rad/s.</summary>
    public Vector6 ActualTcpSpeed;

    /// <summary>target_TCP_speed, as the actual one.</summary>
    public Vector6 TargetTcpSpeed;

    /// <summary>actual_TCP_force, N and N.m.</summary>
    public Vector6 ActualTcpForce;

    /// <summary>joint_temperatures, degrees Celsius.</summary>
    public Vector6 JointTemperatures;

    /// <summary>joint_mode, numbers of <see cref="Cobot.JointMode"/>.</summary>
    public Vector6Int32 JointMode;

    /// <summary>robot_mode.</summary>
    public RobotMode RobotMode;

    /// <summary>safety_mode.</summary>
    public SafetyMode SafetyMode;

    /// <summary>safety_status: on this arm always the same as the mode.</summary>
    public SafetyMode SafetyStatus;

    /// <summary>robot_status_bits.</summary>
    public RobotStatus RobotStatusBits;

    /// <summary>safety_status_bits.</summary>
    public SafetyStatus SafetyStatusBits;

    /// <summary>runtime_state.</summary>
    public RuntimeState RuntimeState;

    /// <summary>speed_scaling, 0 to 1: how fast the trajectory truly runs.</summary>
    public double SpeedScaling;

    /// <summary>target_speed_fraction, 0 to 1: the speed slider.</summary>
    public double TargetSpeedFraction;

    /// <summary>actual_momentum, kg.m/s.</summary>
    public double ActualMomentum;

    /// <summary>actual_main_voltage, V: the control box's.</summary>
    public double ActualMainVoltage;

    /// <summary>actual_robot_voltage, V: the 48 V bus.</summary>
    public double ActualRobotVoltage;

    /// <summary>actual_robot_current, A.</summary>
    public double ActualRobotCurrent;

    /// <summary>actual_joint_voltage, V.</summary>
    public Vector6 ActualJointVoltage;

    /// <summary>actual_execution_time, s: how long the controller's real-time thread took for this tick.</summary>
    public double ActualExecutionTime;

    /// <summary>actual_digital_input_bits: 0-7 standard, 8-15 configurable, 16-17 tool.</summary>
    public ulong ActualDigitalInputBits;

    /// <summary>actual_digital_output_bits, as the inputs.</summary>
    public ulong ActualDigitalOutputBits;

    /// <summary>analog_io_types: bits 0-3 for inputs 0, 1 and outputs 0, 1; 0 current, 1 voltage.</summary>
    public uint AnalogIoTypes;

    /// <summary>standard_analog_input0, A or V.</summary>
    public double StandardAnalogInput0;

    /// <summary>standard_analog_input1, A or V.</summary>
    public double StandardAnalogInput1;

    /// <summary>standard_analog_output0, A or V.</summary>
    public double StandardAnalogOutput0;

    /// <summary>standard_analog_output1, A or V.</summary>
    public double StandardAnalogOutput1;

    /// <summary>io_current, A.</summary>
    public double IoCurrent;

    /// <summary>tool_mode, a number of <see cref="Cobot.JointMode"/>.</summary>
    public uint ToolMode;

    /// <summary>tool_analog_input_types: bits 0 and 1; 0 current, 1 voltage.</summary>
    public uint ToolAnalogInputTypes;

    /// <summary>tool_analog_input0, A or V.</summary>
    public double ToolAnalogInput0;

    /// <summary>tool_analog_input1, A or V.</summary>
    public double ToolAnalogInput1;

    /// <summary>tool_output_voltage, V: 0, 12 or 24.</summary>
    public int ToolOutputVoltage;

    /// <summary>tool_output_current, A.</summary>
    public double ToolOutputCurrent;

    /// <summary>tool_temperature, degrees Celsius.</summary>
    public double ToolTemperature;

    /// <summary>tcp_force_scalar, N: the length of the force.</summary>
    public double TcpForceScalar;

    /// <summary>tcp_offset: m and rad in the flange's frame.</summary>
    public Vector6 TcpOffset;

    /// <summary>elbow_position, m.</summary>
    public Vector3 ElbowPosition;

    /// <summary>elbow_velocity, m/s.</summary>
    public Vector3 ElbowVelocity;

    /// <summary>actual_tool_accelerometer, m/s2 in the flange's frame.</summary>
    public Vector3 ActualToolAccelerometer;

    /// <summary>actual_robot_energy_consumed, J.</summary>
    public double ActualRobotEnergyConsumed;

    /// <summary>actual_robot_braking_energy_dissipated, J.</summary>
    public double ActualRobotBrakingEnergyDissipated;

    /// <summary>output_bit_registers0_to_31.</summary>
    public uint OutputBitRegisters0To31;

    /// <summary>output_bit_registers32_to_63.</summary>
    public uint OutputBitRegisters32To63;

    /// <summary>output_bit_register_64 to 127: bit 0 is register 64.</summary>
    public ulong OutputBitRegisters64To127;

    /// <summary>output_int_register_0 to 47: 24 is the number of whole cycles, 25 the phase.</summary>
    public IntRegisters OutputIntRegisters;

    /// <summary>output_double_register_0 to 47: 24 is the payload in kg.</summary>
    public DoubleRegisters OutputDoubleRegisters;

    /// <summary>Not in RTDE: OPC UA's OperationalMode; the dashboard says only manual or automatic.</summary>
    public OperationalMode OperationalMode;

    /// <summary>Not in RTDE: remote control is on at the pendant.</summary>
    public bool IsRemoteControl;

    /// <summary>Not in RTDE: the loaded program's file; null when none is loaded.</summary>
    public string? LoadedProgram;

    /// <summary>Not in RTDE: the program's step.</summary>
    public CobotPhase Phase;

    /// <summary>Not in RTDE: s of the program's own time since the step began; stands still while the program does.</summary>
    public double PhaseSeconds;

    /// <summary>Not in RTDE: whole cycles since the start.</summary>
    public int Cycles;

    /// <summary>Not in RTDE: what hangs at the flange, tool and part, in kg.</summary>
    public double PayloadKilograms;

    /// <summary>Not in RTDE: OPC UA's OnPath: the arm is near enough to its planned path to go on with the program.</summary>
    public bool IsOnPath;

    /// <summary>Not in RTDE: the brakes are released, as OPC UA's BrakeReleased.</summary>
    public bool IsBrakeReleased;
}
