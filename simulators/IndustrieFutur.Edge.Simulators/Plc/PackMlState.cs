namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>The states of a packaging machine that the conveyor takes, by their numbers in PackML (ISA TR88.00.02).</summary>
public enum PackMlState : ushort
{
    None = 0,
    Stopped = 2,
    Starting = 3,
    Idle = 4,
    Execute = 6,
    Stopping = 7,
    Aborted = 9,
    Held = 11,
    Resetting = 15,
}
