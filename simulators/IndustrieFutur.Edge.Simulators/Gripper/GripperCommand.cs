namespace IndustrieFutur.Edge.Simulators.Gripper;

/// <summary>What the cobot's program has the gripper do.</summary>
internal enum GripperCommand
{
    /// <summary>Forgets faults and its activation.</summary>
    Reset,

    /// <summary>Learns its stroke: closes and opens once. Needed before anything else.</summary>
    Activate,

    Open,

    /// <summary>Closes on the part that lies between its fingers, or on nothing.</summary>
    Grip,
}
