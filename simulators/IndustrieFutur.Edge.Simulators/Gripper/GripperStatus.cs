namespace IndustrieFutur.Edge.Simulators.Gripper;

/// <summary>How far its activation is: gSTA of the register map.</summary>
internal enum GripperStatus
{
    Reset = 0,
    Activating = 1,
    Activated = 3,
}
