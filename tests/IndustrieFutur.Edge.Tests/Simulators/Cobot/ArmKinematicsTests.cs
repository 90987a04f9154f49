using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>
/// The arm's geometry against figures from elsewhere: a separate calculation in Python with 4x4 matrices of its own and the rotation by way of
/// its quaternion. Its pose of the flange at zero, (-0.8172, -0.2329, 0.0628) m, is the one that the UR5e is known by.
/// </summary>
public sealed class ArmKinematicsTests
{
    [Theory]
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0 }, new[] { -0.8172, -0.3929, 0.0628, 1.57079633, 0, 0 })]
    [InlineData(
        new[] { 0.7287, -1.3735, 2.1189, -2.6162, -1.3641, 2.1237 },
        new[] { -0.2799892, -0.50000222, 0.09997683, 2.77879411, 0.28884013, -0.16522421 })]
    [InlineData(
        new[] { -0.2494, -1.637, 1.9791, -2.2845, -1.6457, 2.9417 },
        new[] { -0.54001381, 0.02003426, 0.24999813, 2.02568145, -2.15877818, -0.53021742 })]
    [InlineData(
        new[] { 1.1, -0.4, -1.3, 2.2, 0.6, -2.7 },
        new[] { 0.11843837, -0.53352304, 0.55916399, 0.3079658, 1.99788536, -1.15914713 })]
    public void The_pose_is_the_one_that_was_calculated_elsewhere(double[] q, double[] pose)
    {
        var arm = new ArmKinematics();

        arm.Solve(Joints.Of(q));

        Joints.AssertNear(pose, arm.Pose(), 1e-7);
    }

    [Fact]
    public void The_flange_at_zero_is_where_the_makers_figures_put_it()
    {
        var arm = new ArmKinematics();

        arm.Solve(default);

        Assert.Equal((-0.8172, -0.2329, 0.0628), (Math.Round(arm.Flange.Origin.X, 9), Math.Round(arm.Flange.Origin.Y, 9), Math.Round(arm.Flange.Origin.Z, 9)));
    }

    [Fact]
    public void Half_a_turn_has_a_rotation_vector_too()
    {
        var arm = new ArmKinematics();

        arm.Solve(Joints.Of(0, -Math.PI / 2, 0, -Math.PI / 2, 0, 0));

        // At half a turn both signs mean the same.
        var sign = Math.Sign(arm.Pose()[4]);
        Joints.AssertNear([0, -0.3929, 1.0794, 0, sign * 2.22144147, sign * -2.22144147], arm.Pose(), 1e-7);
    }

    [Fact]
    public void The_speed_of_the_tool_is_the_change_of_its_pose()
    {
        const double Step = 1e-6;
        var q = Joints.Of(1.1, -0.4, -1.3, 2.2, 0.6, -2.7);
        var qd = Joints.Of(0.3, -0.5, 0.7, 1.1, -0.9, 0.4);
        var arm = new ArmKinematics();
        arm.Solve(q);
        var speed = arm.TcpSpeed(qd);
        var (before, elbowBefore, elbowSpeed) = (arm.Tcp, arm.Elbow, arm.ElbowSpeed(qd));

        for (var i = 0; i < ArmModel.Joints; i++)
        {
            q[i] += Step * qd[i];
        }

        arm.Solve(q);

        var moved = (1 / Step) * (arm.Tcp.Origin - before.Origin);
        Joints.AssertNear([moved.X, moved.Y, moved.Z], speed, 1e-5);
        var turned = (1 / Step) * (arm.Tcp.AxisX - before.AxisX);
        var expected = new Vector3(speed[3], speed[4], speed[5]).Cross(before.AxisX);
        Assert.True((turned - expected).Length < 1e-5, $"the axis turned by {turned}, not {expected}");
        Assert.True((((1 / Step) * (arm.Elbow - elbowBefore)) - elbowSpeed).Length < 1e-5);
    }
}
