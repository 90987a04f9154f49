namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// The figures of the arm. Lengths, masses and centres of mass are the nominal ones that Universal Robots publishes for the UR5e ("DH parameters
/// for calculations of kinematics and dynamics"); a real arm has a calibration of its own. What is marked "ours" is plausible and no more.
/// </summary>
internal static class ArmModel
{
    public const int Joints = Vector6.Count;

    public const double Gravity = 9.81;

    /// <summary>180 degrees a second, as the UR5e's data sheet has it.</summary>
    public const double JointSpeedMax = Math.PI;

    /// <summary>rad/s2, ours: no move and no stop of this simulator passes it.</summary>
    public const double JointAccelerationMax = 20;

    /// <summary>m/s: what an arm under manual reduced speed keeps to (ISO 10218-1, manual reduced speed).</summary>
    public const double ManualTcpSpeedMax = 0.25;

    /// <summary>A two-finger gripper of 0.9 kg, 160 mm from the flange to the finger tips; ours.</summary>
    public const double ToolMetres = 0.16;

    public const double ToolKilograms = 0.9;

    /// <summary>Where the gripper's centre of mass is, from the flange; ours.</summary>
    public const double ToolCentreMetres = 0.06;

    /// <summary>DH a, m.</summary>
    public static ReadOnlySpan<double> A => [0, -0.425, -0.3922, 0, 0, 0];

    /// <summary>DH d, m.</summary>
    public static ReadOnlySpan<double> D => [0.1625, 0, 0, 0.1333, 0.0997, 0.0996];

    /// <summary>DH alpha, rad.</summary>
    public static ReadOnlySpan<double> Alpha => [Math.PI / 2, 0, 0, Math.PI / 2, -Math.PI / 2, 0];

    /// <summary>Links, kg.</summary>
    public static ReadOnlySpan<double> Kilograms => [3.761, 8.058, 2.846, 1.37, 1.3, 0.365];

    /// <summary>Centres of mass, x of each link in its frame, m.</summary>
    public static ReadOnlySpan<double> CentreX => [0, 0.2125, 0.15, 0, 0, 0];

    /// <summary>Centres of mass, y.</summary>
    public static ReadOnlySpan<double> CentreY => [-0.02561, 0, 0, -0.0018, 0.0018, 0];

    /// <summary>Centres of mass, z.</summary>
    public static ReadOnlySpan<double> CentreZ => [0.00193, 0.11336, 0.0265, 0.01634, 0.01634, -0.001159];

    /// <summary>Rotor and gear as the joint feels them, kg.m2; ours.</summary>
    public static ReadOnlySpan<double> Rotor => [0.9, 0.9, 0.9, 0.25, 0.25, 0.25];

    /// <summary>Friction that does not depend on the speed, N.m; ours.</summary>
    public static ReadOnlySpan<double> Coulomb => [6, 6, 5, 2, 2, 2];

    /// <summary>Friction that grows with the speed, N.m.s; ours.</summary>
    public static ReadOnlySpan<double> Viscous => [9, 9, 7, 3, 3, 3];

    /// <summary>Moment at the joint for a current, N.m/A, gear included; ours.</summary>
    public static ReadOnlySpan<double> MomentPerAmpere => [13, 13, 13, 9, 9, 9];
}
