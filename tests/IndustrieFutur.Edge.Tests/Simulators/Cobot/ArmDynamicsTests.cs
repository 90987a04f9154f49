using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>
/// What the joints hold against figures from elsewhere: a separate calculation in Python after Lagrange, from the energies of the same masses
/// by numerical differences, which shares no formula with Newton and Euler's way through the links.
/// </summary>
public sealed class ArmDynamicsTests
{
    private static readonly double[] Still = [0, 0, 0, 0, 0, 0];

    [Fact]
    public void A_stretched_arm_holds_its_own_weight() =>
        AssertMoments([0, -66.9715, -21.9019, 0, 0, 0], Still, Still, Still, 0);

    [Fact]
    public void A_part_in_the_gripper_is_held_as_well() =>
        AssertMoments([0, -34.4612, -24.646, -5.1595, 0.9854, 0], [0.7287, -1.3735, 2.1189, -2.6162, -1.3641, 2.1237], Still, Still, 1.2);

    [Fact]
    public void A_moving_arm_feels_inertia_and_what_its_joints_do_to_one_another() =>
        AssertMoments(
            [2.3712, -40.1483, -0.7757, -0.3098, -2.38, 0.325],
            [1.1, -0.4, -1.3, 2.2, 0.6, -2.7],
            [0.3, -0.5, 0.7, 1.1, -0.9, 0.4],
            [1, 2, -3, 0.5, -0.7, 1.3],
            1.2);

    [Fact]
    public void A_push_on_the_tool_is_felt_by_the_joints_as_the_work_that_it_does()
    {
        var q = Joints.Of(1.1, -0.4, -1.3, 2.2, 0.6, -2.7);
        var qd = Joints.Of(0.3, -0.5, 0.7, 1.1, -0.9, 0.4);
        var push = Joints.Of(5, -7, 40, 1, 2, -3);
        var arm = new ArmKinematics();
        arm.Solve(q);
        var dynamics = new ArmDynamics(arm);
        var free = dynamics.Moments(qd, default, 0, default);
        var pushed = dynamics.Moments(qd, default, 0, push);

        var speed = arm.TcpSpeed(qd);
        var (ofJoints, ofTool) = (0.0, 0.0);
        for (var i = 0; i < ArmModel.Joints; i++)
        {
            ofJoints += (free[i] - pushed[i]) * qd[i];
            ofTool += push[i] * speed[i];
        }

        Assert.Equal(ofTool, ofJoints, 9);
    }

    [Fact]
    public void Friction_is_against_the_motion_and_none_at_standstill()
    {
        Assert.Equal(0, ArmDynamics.Friction(0, 0));
        Assert.True(ArmDynamics.Friction(0, 0.5) > 6);
        Assert.Equal(ArmDynamics.Friction(3, 1), -ArmDynamics.Friction(3, -1));
    }

    private static void AssertMoments(double[] expected, double[] q, double[] qd, double[] qdd, double partKilograms)
    {
        var arm = new ArmKinematics();
        arm.Solve(Joints.Of(q));

        var moments = new ArmDynamics(arm).Moments(Joints.Of(qd), Joints.Of(qdd), partKilograms, default);

        Joints.AssertNear(expected, moments, 1e-3);
    }
}
