namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>What the arm's power and brakes are at: the numbers of RTDE's robot_mode.</summary>
public enum RobotMode
{
    NoController = -1,
    Disconnected = 0,
    ConfirmSafety = 1,
    Booting = 2,
    PowerOff = 3,
    PowerOn = 4,
    Idle = 5,
    Backdrive = 6,
    Running = 7,
    UpdatingFirmware = 8,
}
