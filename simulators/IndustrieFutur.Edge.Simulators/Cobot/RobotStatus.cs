namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>The bits of RTDE's robot_status_bits.</summary>
[Flags]
internal enum RobotStatus : uint
{
    None = 0,
    PowerOn = 1 << 0,
    ProgramRunning = 1 << 1,
    TeachButtonPressed = 1 << 2,
    PowerButtonPressed = 1 << 3,
}
