namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// What the joints must hold: Newton and Euler from the base to the tool, each link, the tool and the part a point mass at its centre (the
/// maker calls the arm's own inertia negligible), the rotors on top. Gravity comes in as a base that is accelerated upwards.
/// </summary>
internal sealed class ArmDynamics(ArmKinematics at)
{
    private const int Tool = ArmModel.Joints;
    private const int Part = Tool + 1;
    private const int Outside = Part + 1;

    /// <summary>rad/s: below it friction fades out, so that it has no jump at standstill.</summary>
    private const double SlowSpeed = 0.02;

    private static readonly LinkMotion Ground = new(default, default, new(0, 0, ArmModel.Gravity), default, default);

    // Where each mass is and what moves it; the last is the force from outside.
    private readonly Vector3[] _places = new Vector3[Outside + 1];
    private readonly Vector3[] _forces = new Vector3[Outside + 1];
    private Vector3 _momentum;

    /// <summary>kg.m/s.</summary>
    public double Momentum => _momentum.Length;

    /// <summary>Acceleration of the TCP with gravity as one upwards, m/s2: what an accelerometer there feels.</summary>
    public Vector3 TcpAcceleration { get; private set; }

    /// <summary>Moments at the joints without friction, N.m, for the angles that the kinematics last solved.</summary>
    /// <param name="qd">Joint speeds, rad/s.</param>
    /// <param name="qdd">Joint accelerations, rad/s2.</param>
    /// <param name="partKilograms">What the gripper holds.</param>
    /// <param name="contact">From outside on the TCP: force in N, moment in N.m.</param>
    public Vector6 Moments(in Vector6 qd, in Vector6 qdd, double partKilograms, in Vector6 contact)
    {
        var last = MoveLinks(qd, qdd);
        Weigh(Tool, ArmModel.ToolKilograms, last.At(at.Flange.Place(new(0, 0, ArmModel.ToolCentreMetres))));
        var tcp = last.At(at.Tcp.Origin);
        TcpAcceleration = tcp.Acceleration;
        Weigh(Part, partKilograms, tcp);
        _places[Outside] = at.Tcp.Origin;
        _forces[Outside] = new(-contact[0], -contact[1], -contact[2]);

        Vector6 moments = default;
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            moments[i] = (ArmModel.Rotor[i] * qdd[i]) + Moment(i, new(contact[3], contact[4], contact[5]));
        }

        return moments;
    }

    /// <summary>Friction at a joint, N.m: against the motion.</summary>
    public static double Friction(int joint, double qd) =>
        (ArmModel.Coulomb[joint] * Math.Tanh(qd / SlowSpeed)) + (ArmModel.Viscous[joint] * qd);

    private LinkMotion MoveLinks(in Vector6 qd, in Vector6 qdd)
    {
        _momentum = default;
        var motion = Ground;
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            motion = motion.Turned(at.Frames[i].AxisZ, qd[i], qdd[i]);
            var centre = at.Frames[i + 1].Place(new(ArmModel.CentreX[i], ArmModel.CentreY[i], ArmModel.CentreZ[i]));
            Weigh(i, ArmModel.Kilograms[i], motion.At(centre));
            motion = motion.At(at.Frames[i + 1].Origin);
        }

        return motion;
    }

    private void Weigh(int body, double kilograms, in LinkMotion centre)
    {
        _places[body] = centre.Origin;
        _forces[body] = kilograms * centre.Acceleration;
        _momentum += kilograms * centre.Speed;
    }

    /// <summary>A joint carries every body beyond it.</summary>
    private double Moment(int joint, in Vector3 contactMoment)
    {
        var sum = -1 * contactMoment;
        for (var body = joint; body <= Outside; body++)
        {
            sum += (_places[body] - at.Frames[joint].Origin).Cross(_forces[body]);
        }

        return at.Frames[joint].AxisZ.Dot(sum);
    }
}
