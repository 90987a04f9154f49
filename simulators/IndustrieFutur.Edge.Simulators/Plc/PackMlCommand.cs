namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>What the conveyor can be told, by the numbers of PackML's CntrlCmd.</summary>
public enum PackMlCommand : ushort
{
    None = 0,
    Reset = 1,
    Start = 2,
    Stop = 3,
    Hold = 4,
    Unhold = 5,
    Suspend = 6,
    Unsuspend = 7,
    Abort = 8,
    Clear = 9,
    Complete = 10,
}
