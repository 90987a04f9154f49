namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>The bits of RTDE's safety_status_bits.</summary>
[Flags]
internal enum SafetyStatus : uint
{
    None = 0,
    Normal = 1 << 0,
    Reduced = 1 << 1,
    ProtectiveStopped = 1 << 2,
    Recovery = 1 << 3,
    SafeguardStopped = 1 << 4,
    SystemEmergencyStopped = 1 << 5,
    RobotEmergencyStopped = 1 << 6,
    EmergencyStopped = 1 << 7,
    Violation = 1 << 8,
    Fault = 1 << 9,
    StoppedDueToSafety = 1 << 10,
    ThreePositionEnabling = 1 << 11,
}
