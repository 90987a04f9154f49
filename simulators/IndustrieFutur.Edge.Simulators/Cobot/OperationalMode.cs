namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>Who commands the arm: the numbers of OPC 40010-1, OperationalModeEnumeration.</summary>
public enum OperationalMode
{
    Other = 0,
    ManualReducedSpeed = 1,
    ManualHighSpeed = 2,
    Automatic = 3,

    /// <summary>Automatic, and remote control is on: a command from outside is taken.</summary>
    AutomaticExternal = 4,
}
