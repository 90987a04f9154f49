namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// The program of the cell: takes a part from the conveyor, weighs it, has it tightened, lets it go. The joint angles are taught: found by an
/// inverse kinematics for a tool that points down, leaning 20 degrees outwards, so that its rotation vector never comes near pi, where it jumps.
/// </summary>
internal static class PickAndPlace
{
    public const string FileName = "pick-and-place.urp";

    public const double CycleSeconds = 12;

    /// <summary>On average, of the joint that has the longest way home: slow, for the way can start anywhere.</summary>
    private const double StartRadiansPerSecond = 0.3;

    private const double StartSecondsMin = 0.5;

    // TCP at (-0.540, 0.020, 0.250) m.
    public static readonly Vector6 Home = Angles(-0.2494, -1.637, 1.9791, -2.2845, -1.6457, 2.9417);

    // TCP at (-0.280, -0.500, 0.200) m.
    private static readonly Vector6 AbovePick = Angles(0.7287, -1.524, 1.983, -2.3299, -1.3641, 2.1237);

    // TCP at (-0.280, -0.500, 0.100) m.
    private static readonly Vector6 Pick = Angles(0.7287, -1.3735, 2.1189, -2.6162, -1.3641, 2.1237);

    // TCP at (-0.500, -0.300, 0.140) m.
    private static readonly Vector6 Scale = Angles(0.2674, -1.4165, 2.0479, -2.5392, -1.4784, 2.5843);

    // TCP at (-0.560, 0.020, 0.160) m.
    private static readonly Vector6 Fixture = Angles(-0.1833, -1.4615, 2.0745, -2.5643, -1.768, 3.1002);

    private static readonly CobotStep[] Cycle =
    [
        Stay(CobotPhase.Waiting, Home, 1),
        Move(CobotPhase.MovingToPick, Home, AbovePick, 1.7),
        Move(CobotPhase.MovingToPick, AbovePick, Pick, 0.8),
        Stay(CobotPhase.Gripping, Pick, 0.5),
        Move(CobotPhase.MovingToScale, Pick, AbovePick, 0.5),
        Move(CobotPhase.MovingToScale, AbovePick, Scale, 1.5),
        Stay(CobotPhase.Weighing, Scale, 1.5),
        Move(CobotPhase.MovingToFixture, Scale, Home, 1.3),
        Move(CobotPhase.MovingToFixture, Home, Fixture, 0.7),
        Stay(CobotPhase.Tightening, Fixture, 1.5),
        Stay(CobotPhase.Returning, Fixture, 0.3),
        Move(CobotPhase.Returning, Fixture, Home, 0.7),
    ];

    public static ReadOnlySpan<CobotStep> Steps => Cycle;

    /// <summary>From wherever the arm stands to where the cycle begins.</summary>
    public static CobotStep ToStart(in Vector6 from)
    {
        var way = 0.0;
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            way = Math.Max(way, Math.Abs(Home[i] - from[i]));
        }

        return Move(CobotPhase.MovingToStart, from, Home, Math.Max(StartSecondsMin, way / StartRadiansPerSecond));
    }

    private static CobotStep Move(CobotPhase phase, in Vector6 from, in Vector6 to, double seconds) => new(phase, from, to, seconds, true);

    private static CobotStep Stay(CobotPhase phase, in Vector6 at, double seconds) => new(phase, at, at, seconds, false);

    private static Vector6 Angles(params ReadOnlySpan<double> radians)
    {
        Vector6 angles = default;
        radians.CopyTo(angles);
        return angles;
    }
}
