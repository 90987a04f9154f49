namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>What the dashboard calls modes and states: the maker's names.</summary>
internal static class DashboardNames
{
    public static string Of(RobotMode mode) => mode switch
    {
        RobotMode.NoController => "NO_CONTROLLER",
        RobotMode.Disconnected => "DISCONNECTED",
        RobotMode.ConfirmSafety => "CONFIRM_SAFETY",
        RobotMode.Booting => "BOOTING",
        RobotMode.PowerOff => "POWER_OFF",
        RobotMode.PowerOn => "POWER_ON",
        RobotMode.Idle => "IDLE",
        RobotMode.Backdrive => "BACKDRIVE",
        RobotMode.Running => "RUNNING",
        _ => "UPDATING_FIRMWARE",
    };

    public static string Of(SafetyMode mode) => mode switch
    {
        SafetyMode.Normal => "NORMAL",
        SafetyMode.Reduced => "REDUCED",
        SafetyMode.ProtectiveStop => "PROTECTIVE_STOP",
        SafetyMode.Recovery => "RECOVERY",
        SafetyMode.SafeguardStop => "SAFEGUARD_STOP",
        SafetyMode.SystemEmergencyStop => "SYSTEM_EMERGENCY_STOP",
        SafetyMode.RobotEmergencyStop => "ROBOT_EMERGENCY_STOP",
        SafetyMode.Violation => "VIOLATION",
        SafetyMode.Fault => "FAULT",
        _ => "TP_THREE_POSITION_ENABLING_STOP",
    };

    /// <summary>The dashboard has three words for the six states.</summary>
    public static string Of(RuntimeState state) => state switch
    {
        RuntimeState.Playing or RuntimeState.Resuming => "PLAYING",
        RuntimeState.Pausing or RuntimeState.Paused => "PAUSED",
        _ => "STOPPED",
    };
}
