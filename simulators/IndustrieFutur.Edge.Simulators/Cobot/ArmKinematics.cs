namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// Where everything is for six joint angles, and how fast for six joint speeds. One for each set of angles that is followed; solving
/// allocates nothing.
/// </summary>
internal sealed class ArmKinematics
{
    private static readonly Frame Tool = Frame.Base with { Origin = new(0, 0, ArmModel.ToolMetres) };

    /// <summary>The base, then each link's frame; joint i turns about z of frame i.</summary>
    private readonly Frame[] _frames = new Frame[ArmModel.Joints + 1];

    public ReadOnlySpan<Frame> Frames => _frames;

    public ref readonly Frame Flange => ref _frames[ArmModel.Joints];

    /// <summary>The tool centre point: between the finger tips.</summary>
    public Frame Tcp { get; private set; }

    /// <summary>The joint between upper arm and forearm.</summary>
    public Vector3 Elbow => _frames[2].Origin;

    /// <param name="q">Joint angles, rad.</param>
    public void Solve(in Vector6 q)
    {
        _frames[0] = Frame.Base;
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            _frames[i + 1] = _frames[i].Then(Frame.Link(q[i], ArmModel.A[i], ArmModel.D[i], ArmModel.Alpha[i]));
        }

        Tcp = Flange.Then(Tool);
    }

    /// <summary>x, y, z in m, then the rotation vector in rad, as a controller reports it.</summary>
    public Vector6 Pose() => Pair(Tcp.Origin, Tcp.RotationVector());

    /// <summary>Speed of the TCP in m/s, then its turning in rad/s, for the joint speeds at the angles last solved.</summary>
    public Vector6 TcpSpeed(in Vector6 qd)
    {
        var turning = default(Vector3);
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            turning += qd[i] * _frames[i].AxisZ;
        }

        return Pair(SpeedOf(Tcp.Origin, qd, ArmModel.Joints), turning);
    }

    /// <summary>m/s.</summary>
    public Vector3 ElbowSpeed(in Vector6 qd) => SpeedOf(Elbow, qd, 2);

    /// <summary>Speed of a point that the first joints carry: each turns it about its own axis.</summary>
    private Vector3 SpeedOf(in Vector3 point, in Vector6 qd, int joints)
    {
        var speed = default(Vector3);
        for (var i = 0; i < joints; i++)
        {
            speed += (qd[i] * _frames[i].AxisZ).Cross(point - _frames[i].Origin);
        }

        return speed;
    }

    public static Vector6 Pair(in Vector3 linear, in Vector3 angular)
    {
        Vector6 both = default;
        (both[0], both[1], both[2]) = (linear.X, linear.Y, linear.Z);
        (both[3], both[4], both[5]) = (angular.X, angular.Y, angular.Z);
        return both;
    }
}
