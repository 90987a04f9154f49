namespace IndustrieFutur.Edge.Simulators.Gripper;

/// <summary>Why it does not do what was asked: gFLT of the register map.</summary>
internal enum GripperFault
{
    None = 0,

    /// <summary>It will, once the activation is done.</summary>
    ActionDelayed = 0x05,
    ActivationNeeded = 0x07,
    ReleaseInProgress = 0x0B,
    Overcurrent = 0x0E,
    ReleaseCompleted = 0x0F,
}
