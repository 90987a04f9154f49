using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// The arm itself: its joints follow what the program wants, a little late, and everything that is measured follows from them: pose and speed of
/// the tool, moments, currents, force. One source for all, so that the figures of a tick belong together.
/// </summary>
internal sealed class CobotBody
{
    /// <summary>How much of the way to its target a joint makes in a tick: a drive that lags 4 ms behind.</summary>
    private const double Follow = 0.5;

    private const double ForceNoise = 0.3;
    private const double MomentNoise = 0.02;

    /// <summary>rad: farther from its target no joint is on the path.</summary>
    private const double OnPathRadians = 0.02;

    private const double UsualExecutionSeconds = 0.00045;
    private const double SlowExecutionSeconds = 0.0015;

    /// <summary>A tick in so many takes the controller long.</summary>
    private const int SlowEvery = 4 * SimulatedTime.TicksPerSecond;

    private readonly Random _random;
    private readonly CobotFaults _faults;
    private readonly ArmKinematics _target = new();
    private readonly ArmKinematics _actual = new();
    private readonly ArmDynamics _dynamics;
    private readonly CobotElectrics _electrics;
    private JointMotion _joints = new() { Q = PickAndPlace.Home };

    public CobotBody(Random random, CobotFaults faults)
    {
        _random = random;
        _faults = faults;
        _dynamics = new ArmDynamics(_actual);
        _electrics = new CobotElectrics(random, faults);
    }

    /// <summary>One tick.</summary>
    /// <param name="target">Where the program wants the joints.</param>
    /// <param name="power">Power and brakes.</param>
    /// <param name="partKilograms">What the gripper holds.</param>
    /// <param name="contact">What pushes the tool: N, then N.m.</param>
    /// <param name="state">Takes the figures.</param>
    public void Tick(in JointMotion target, CobotPower power, double partKilograms, in Vector6 contact, ref CobotState state)
    {
        if (!_faults.IsFrozen)
        {
            _joints.Approach(target, Follow);
        }

        ShowTarget(target, ref state);
        ShowActual(ref state);
        Load(power, partKilograms, contact, ref state);
        Feel(partKilograms, contact, ref state);
        state.ActualExecutionTime = Execution();
    }

    private void ShowTarget(in JointMotion target, ref CobotState state)
    {
        _target.Solve(target.Q);
        (state.TargetQ, state.TargetQd, state.TargetQdd) = (target.Q, target.Qd, target.Qdd);
        state.TargetTcpPose = _target.Pose();
        state.TargetTcpSpeed = _target.TcpSpeed(target.Qd);
    }

    private void ShowActual(ref CobotState state)
    {
        _actual.Solve(_joints.Q);
        (state.ActualQ, state.ActualQd) = (_joints.Q, _joints.Qd);
        state.ActualTcpPose = _actual.Pose();
        state.ActualTcpSpeed = _actual.TcpSpeed(_joints.Qd);
        state.ElbowPosition = _actual.Elbow;
        state.ElbowVelocity = _actual.ElbowSpeed(_joints.Qd);
        state.IsOnPath = true;
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            state.IsOnPath &= Math.Abs(state.TargetQ[i] - _joints.Q[i]) < OnPathRadians;
        }
    }

    private void Load(CobotPower power, double partKilograms, in Vector6 contact, ref CobotState state)
    {
        var free = _dynamics.Moments(_joints.Qd, _joints.Qdd, partKilograms, default);
        var pushed = _dynamics.Moments(_joints.Qd, _joints.Qdd, partKilograms, contact);
        Vector6 friction = default;
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            friction[i] = ArmDynamics.Friction(i, _joints.Qd[i]);
            pushed[i] -= free[i];
        }

        state.ActualMomentum = _dynamics.Momentum;
        state.PayloadKilograms = ArmModel.ToolKilograms + partKilograms;
        _electrics.Tick(power.IsOn, power.Mode == RobotMode.Running, friction, free, pushed, ref state);
    }

    /// <summary>The part pulls with its weight and its inertia; the tool's own weight is known to the controller and taken out.</summary>
    private void Feel(double partKilograms, in Vector6 contact, ref CobotState state)
    {
        var felt = _dynamics.TcpAcceleration;
        var push = new Vector3(contact[0], contact[1], contact[2]) - (partKilograms * felt);
        var noisy = push + (_faults.NoiseFactor * new Vector3(Noise(ForceNoise), Noise(ForceNoise), Noise(ForceNoise)));
        var moment = new Vector3(contact[3] + Noise(MomentNoise), contact[4] + Noise(MomentNoise), contact[5] + Noise(MomentNoise));
        state.ActualTcpForce = ArmKinematics.Pair(noisy, moment);
        state.TcpForceScalar = noisy.Length;
        state.ActualToolAccelerometer = _actual.Flange.TurnBack(felt);
    }

    private double Execution()
    {
        var usual = UsualExecutionSeconds * (1 + Noise(0.2));
        return _random.Next(SlowEvery) == 0 ? SlowExecutionSeconds : usual;
    }

    private double Noise(double size) => size * (_random.NextDouble() + _random.NextDouble() - 1);
}
