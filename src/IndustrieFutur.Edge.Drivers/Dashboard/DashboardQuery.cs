namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>What a signal asks of a robot's dashboard: each is one question, and one line answers it.</summary>
public enum DashboardQuery
{
    RobotMode,
    SafetyMode,

    /// <summary>The same words as the safety mode and more of them; from PolyScope 5.4 on.</summary>
    SafetyStatus,

    Running,

    ProgramState,

    /// <summary>The path of the program that is loaded; empty for none.</summary>
    Program,

    /// <summary>From PolyScope 5.6 on, as is the next.</summary>
    OperationalMode,

    RemoteControl,
}
