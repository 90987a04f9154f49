namespace IndustrieFutur.Edge.Simulators.Gripper;

/// <summary>What the fingers met: gOBJ of the register map.</summary>
internal enum GripperObject
{
    Moving = 0,
    ContactOpening = 1,
    ContactClosing = 2,
    AtPosition = 3,
}
