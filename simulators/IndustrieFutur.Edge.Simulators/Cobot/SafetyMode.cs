namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>What the safety system says: the numbers of RTDE's safety_mode and safety_status that this arm can reach.</summary>
public enum SafetyMode
{
    Normal = 1,
    Reduced = 2,
    ProtectiveStop = 3,
    Recovery = 4,
    SafeguardStop = 5,
    SystemEmergencyStop = 6,
    RobotEmergencyStop = 7,
    Violation = 8,
    Fault = 9,

    /// <summary>Manual mode, and nobody holds the enabling device.</summary>
    EnablingStop = 14,
}
