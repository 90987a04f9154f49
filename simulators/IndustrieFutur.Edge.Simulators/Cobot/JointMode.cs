namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>What a joint's drive is at: the numbers of RTDE's joint_mode that this arm can reach.</summary>
internal enum JointMode
{
    PowerOff = 239,
    Running = 253,
    Idle = 255,
}
