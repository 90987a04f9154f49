using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>The arm at work: its cycle, and figures of a tick that belong together.</summary>
public sealed class CobotArmTests : IDisposable
{
    private const double Tick = 1.0 / SimulatedTime.TicksPerSecond;

    private readonly CobotBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_cycle_takes_12_s_and_every_phase_its_time()
    {
        var begun = new List<(CobotPhase Phase, double Seconds)>();
        _bench.Arm.PhaseChanged += (now, phase) => begun.Add((phase, now.Seconds));

        _bench.StepSeconds(40);

        var second = begun.SkipWhile(change => change.Phase != CobotPhase.Waiting).Skip(8).Take(9).ToList();
        Assert.Equal(CobotPhase.Waiting, second[0].Phase);
        Assert.Equal(
            [
                (CobotPhase.Waiting, 1.0), (CobotPhase.MovingToPick, 2.5), (CobotPhase.Gripping, 0.5), (CobotPhase.MovingToScale, 2),
                (CobotPhase.Weighing, 1.5), (CobotPhase.MovingToFixture, 2), (CobotPhase.Tightening, 1.5), (CobotPhase.Returning, 1),
            ],
            second.Zip(second.Skip(1), (step, next) => (step.Phase, Math.Round(next.Seconds - step.Seconds, 6))));
        Assert.Equal(PickAndPlace.CycleSeconds, second[8].Seconds - second[0].Seconds, 6);
    }

    [Fact]
    public void Speed_is_the_change_of_position_in_every_tick_and_for_both_sets()
    {
        var states = Busy();

        for (var n = 1; n < states.Count - 1; n++)
        {
            var (before, now, after) = (states[n - 1], states[n], states[n + 1]);
            for (var i = 0; i < ArmModel.Joints; i++)
            {
                AssertNear(Change(before.ActualQ[i], after.ActualQ[i]), now.ActualQd[i], 4e-3, $"qd[{i}] at {now.Timestamp}");
                AssertNear(Change(before.TargetQ[i], after.TargetQ[i]), now.TargetQd[i], 4e-3, $"target qd[{i}] at {now.Timestamp}");

                // Where a ramp of a stop begins or ends, the acceleration has a step, and no slope says what it is.
                if (Math.Abs(after.TargetQdd[i] - before.TargetQdd[i]) < 0.5)
                {
                    AssertNear(Change(before.TargetQd[i], after.TargetQd[i]), now.TargetQdd[i], 0.3, $"qdd[{i}] at {now.Timestamp}");
                }
            }

            for (var axis = 0; axis < 3; axis++)
            {
                AssertNear(Change(before.ActualTcpPose[axis], after.ActualTcpPose[axis]), now.ActualTcpSpeed[axis], 4e-3, $"TCP speed [{axis}] at {now.Timestamp}");
            }
        }
    }

    [Fact]
    public void The_pose_is_the_kinematics_of_the_joints()
    {
        var arm = new ArmKinematics();
        foreach (var state in Busy())
        {
            arm.Solve(state.ActualQ);
            Assert.Equal(Joints.List(arm.Pose()), Joints.List(state.ActualTcpPose));
            Assert.Equal(Joints.List(arm.TcpSpeed(state.ActualQd)), Joints.List(state.ActualTcpSpeed));
            arm.Solve(state.TargetQ);
            Assert.Equal(Joints.List(arm.Pose()), Joints.List(state.TargetTcpPose));
        }
    }

    [Fact]
    public void No_limit_is_passed_and_nothing_jumps()
    {
        var states = Busy();

        for (var n = 1; n < states.Count; n++)
        {
            for (var i = 0; i < ArmModel.Joints; i++)
            {
                Assert.InRange(Math.Abs(states[n].ActualQd[i]), 0, ArmModel.JointSpeedMax);
                Assert.InRange(Math.Abs(states[n].TargetQdd[i]), 0, ArmModel.JointAccelerationMax);
                Assert.InRange(Math.Abs(states[n].TargetQd[i] - states[n - 1].TargetQd[i]), 0, ArmModel.JointAccelerationMax * Tick);
                Assert.InRange(Math.Abs(states[n].ActualTcpPose[i] - states[n - 1].ActualTcpPose[i]), 0, 0.02);
            }
        }
    }

    [Fact]
    public void Every_figure_stays_in_the_range_of_its_signal()
    {
        foreach (var state in Busy())
        {
            AssertWithin(state.ActualQ, -6.2832, 6.2832);
            AssertWithin(state.ActualQd, -3.1416, 3.1416);
            AssertWithin(state.ActualCurrent, -10, 10);
            AssertWithin(state.JointTemperatures, 0, 100);
            AssertWithin(state.ActualTcpForce, -150, 150);
            Assert.InRange(state.ActualTcpPose[0], -0.9, 0.9);
            Assert.InRange(state.ActualTcpPose[1], -0.9, 0.9);
            Assert.InRange(state.ActualTcpPose[2], -0.9, 1.2);
            Assert.InRange(state.ActualRobotVoltage, 0, 60);
            Assert.InRange(state.ActualRobotCurrent, 0, 20);
            Assert.InRange(state.ActualExecutionTime, 0.0002, 0.01);
            Assert.InRange(state.SpeedScaling, 0, 1);
            Assert.True(state.IsOnPath);
        }
    }

    [Fact]
    public void A_part_in_the_gripper_pulls_with_its_weight_and_is_seen_as_payload()
    {
        _bench.StepTo(CobotPhase.Weighing);
        _bench.StepSeconds(0.5);
        var held = _bench.State;

        Assert.Equal(-9.81 * _bench.Arm.PartKilograms, held.ActualTcpForce[2], 0.5);
        Assert.Equal(ArmModel.ToolKilograms + _bench.Arm.PartKilograms, held.PayloadKilograms, 9);

        _bench.Arm.Surroundings.LosePart();
        _bench.Step();

        Assert.Equal(0, _bench.State.ActualTcpForce[2], 0.5);
        Assert.Equal(ArmModel.ToolKilograms, _bench.State.PayloadKilograms);
        Assert.True(Math.Abs(held.ActualCurrent[1]) > Math.Abs(_bench.State.ActualCurrent[1]) + 0.1, "the shoulder does not feel the part");
    }

    [Fact]
    public void A_part_that_was_missed_stays_where_it_was()
    {
        _bench.StepTo(CobotPhase.Gripping);
        _bench.Arm.Surroundings.LosePart();
        _bench.StepTo(CobotPhase.Weighing);

        Assert.Equal(1ul, _bench.State.ActualDigitalInputBits);
        Assert.Equal(ArmModel.ToolKilograms, _bench.State.PayloadKilograms);
    }

    [Fact]
    public void Tightening_pushes_the_tool_with_40_N()
    {
        _bench.StepTo(CobotPhase.Tightening);
        var peak = _bench.Watch(1.4).Max(state => state.ActualTcpForce[2]);

        Assert.Equal(40 - (9.81 * _bench.Arm.PartKilograms), peak, 1.0);
    }

    [Fact]
    public void Lines_tell_gripper_scale_and_torque_driver_when_to_work()
    {
        var lines = _bench.Watch(14).GroupBy(state => state.Phase).ToDictionary(phase => phase.Key, phase => phase.Last().ActualDigitalOutputBits);

        Assert.Equal(0b000ul, lines[CobotPhase.MovingToPick]);
        Assert.Equal(0b001ul, lines[CobotPhase.Gripping]);
        Assert.Equal(0b011ul, lines[CobotPhase.Weighing]);
        Assert.Equal(0b101ul, lines[CobotPhase.Tightening]);
        Assert.Equal(0b000ul, lines[CobotPhase.Returning]);
    }

    [Fact]
    public void Without_parts_the_arm_waits_at_home()
    {
        _bench.StepTo(CobotPhase.Returning);
        _bench.Arm.Surroundings.SetPartsCome(false);
        _bench.StepSeconds(30);

        Assert.Equal(CobotPhase.Waiting, _bench.State.Phase);
        Assert.Equal(RuntimeState.Playing, _bench.State.RuntimeState);
        _bench.Arm.Surroundings.SetPartsCome(true);
        _bench.Step(2);
        Assert.Equal(CobotPhase.MovingToPick, _bench.State.Phase);
    }

    [Fact]
    public void The_speed_slider_slows_the_moves_and_not_the_stays()
    {
        _bench.Arm.Pendant.SetSpeed(0.5);
        _bench.StepSeconds(2);
        Assert.Equal((0.5, 0.5), (_bench.State.SpeedScaling, _bench.State.TargetSpeedFraction));

        _bench.StepTo(CobotPhase.MovingToScale);
        var from = _bench.State.Tick;
        _bench.StepTo(CobotPhase.Weighing);
        Assert.Equal(4 * SimulatedTime.TicksPerSecond, _bench.State.Tick - from);

        from = _bench.State.Tick;
        _bench.StepTo(CobotPhase.MovingToFixture);
        Assert.Equal(1.5 * SimulatedTime.TicksPerSecond, _bench.State.Tick - from);
    }

    [Fact]
    public void Joints_warm_by_their_load_and_slowly()
    {
        _bench.StepSeconds(1);
        var cold = _bench.State;
        _bench.StepSeconds(600);
        var warm = _bench.State;

        Assert.Equal(30, cold.JointTemperatures[1], 0.3);
        Assert.InRange(warm.JointTemperatures[1], 31, 45);
        Assert.True(warm.JointTemperatures[1] > warm.JointTemperatures[5] + 0.5, "the shoulder carries the most");
    }

    [Fact]
    public void A_frozen_feedback_stands_still_while_the_program_goes_on()
    {
        _bench.StepTo(CobotPhase.MovingToPick);
        _bench.StepSeconds(1);
        _bench.Arm.Faults.IsFrozen = true;
        _bench.Step();
        var frozen = _bench.State;
        _bench.StepSeconds(1);

        Assert.Equal(Joints.List(frozen.ActualQ), Joints.List(_bench.State.ActualQ));
        Assert.NotEqual(Joints.List(frozen.TargetQ), Joints.List(_bench.State.TargetQ));
        Assert.False(_bench.State.IsOnPath);
    }

    [Fact]
    public void A_drift_lifts_the_temperatures_that_are_read()
    {
        _bench.Arm.Faults.TemperatureDriftPerMinute = 30;
        _bench.StepSeconds(61);

        Assert.InRange(_bench.State.JointTemperatures[5], 59, 62);
    }

    [Fact]
    public void A_program_that_the_arm_does_not_know_is_refused_at_once()
    {
        var refused = Assert.Throws<ArgumentException>(() => new CobotBench(new CobotSettings { Program = "weld.urp" }));

        Assert.Contains("weld.urp is not there", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tick_without_an_event_allocates_nothing()
    {
        _bench.StepTo(CobotPhase.MovingToPick);

        Assert.Equal(0, AllocationGuard.BytesOf(() => _bench.Step(100)));
    }

    /// <summary>All ticks of a day with everything in it: two cycles, a slower slider, a protective stop, an emergency stop.</summary>
    private List<CobotState> Busy()
    {
        var (arm, states) = (_bench.Arm, new List<CobotState>());
        states.AddRange(_bench.Watch(15.3));
        arm.Pendant.SetSpeed(0.6);
        states.AddRange(_bench.Watch(3));
        arm.Pendant.SetSpeed(1);
        arm.Pendant.Pause();
        states.AddRange(_bench.Watch(1));
        arm.Pendant.Play();
        states.AddRange(_bench.Watch(5));
        arm.Surroundings.TriggerProtectiveStop("test");
        states.AddRange(_bench.Watch(6));
        Assert.Null(arm.Pendant.Acknowledge());
        Assert.Null(arm.Pendant.Play());
        _bench.StepTo(state =>
        {
            states.Add(state);
            return state.Phase == CobotPhase.MovingToScale && state.PhaseSeconds > 0.25;
        });
        arm.Pendant.PressEmergencyStop();
        states.AddRange(_bench.Watch(1));
        Assert.Equal(RobotMode.PowerOff, _bench.State.RobotMode);
        return states;
    }

    private static double Change(double before, double after) => (after - before) / (2 * Tick);

    private static void AssertWithin(in Vector6 values, double low, double high)
    {
        foreach (var value in Joints.List(values))
        {
            Assert.InRange(value, low, high);
        }
    }

    private static void AssertNear(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: {actual:R} is not {expected:R}");
}
