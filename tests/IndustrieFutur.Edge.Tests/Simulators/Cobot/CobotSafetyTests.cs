using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>Stops and what comes after them: every mode agrees with every bit, motion ends by a ramp, and nothing restarts by itself.</summary>
public sealed class CobotSafetyTests : IDisposable
{
    private const SafetyStatus Stopped = SafetyStatus.StoppedDueToSafety;
    private const SafetyStatus ButtonBits = SafetyStatus.RobotEmergencyStopped | SafetyStatus.EmergencyStopped | Stopped;
    private const SafetyStatus CellBits = SafetyStatus.SystemEmergencyStopped | SafetyStatus.EmergencyStopped | Stopped;

    private readonly CobotBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private CobotPendant Pendant => _bench.Arm.Pendant;

    [Theory]
    [InlineData("button", SafetyMode.RobotEmergencyStop, (int)ButtonBits, RobotMode.PowerOff, RuntimeState.Stopped)]
    [InlineData("cell", SafetyMode.SystemEmergencyStop, (int)CellBits, RobotMode.PowerOff, RuntimeState.Stopped)]
    [InlineData("fault", SafetyMode.Fault, (int)(SafetyStatus.Fault | Stopped), RobotMode.PowerOff, RuntimeState.Stopped)]
    [InlineData("collision", SafetyMode.ProtectiveStop, (int)(SafetyStatus.ProtectiveStopped | Stopped), RobotMode.Running, RuntimeState.Paused)]
    [InlineData("door", SafetyMode.SafeguardStop, (int)(SafetyStatus.SafeguardStopped | Stopped), RobotMode.Running, RuntimeState.Paused)]
    public void A_stop_ends_the_motion_and_stays_until_a_person_has_been_there(
        string cause, SafetyMode mode, int bits, RobotMode robot, RuntimeState runtime)
    {
        Move();

        Cause(cause, isThere: true);
        _bench.Step();
        AssertSafety(mode, (SafetyStatus)bits);
        Assert.NotEqual(0, _bench.State.SpeedScaling);
        _bench.StepSeconds(0.3);
        AssertStands(robot, runtime);

        // The cause goes away; nothing else does.
        Cause(cause, isThere: false);
        _bench.StepSeconds(10);
        AssertSafety(mode, (SafetyStatus)bits);
        AssertStands(robot, runtime);
        Assert.NotNull(Pendant.Play());

        Assert.Null(cause == "fault" ? Pendant.RestartSafety() : Pendant.Acknowledge());
        _bench.StepSeconds(10);
        AssertSafety(SafetyMode.Normal, SafetyStatus.Normal);
        AssertStands(robot, runtime);
    }

    [Theory]
    [InlineData("button")]
    [InlineData("cell")]
    [InlineData("door")]
    public void A_stop_is_not_acknowledged_while_its_cause_is_there(string cause)
    {
        Move();
        Cause(cause, isThere: true);
        _bench.StepSeconds(10);

        Assert.Contains("still", Pendant.Acknowledge(), StringComparison.Ordinal);
        _bench.StepSeconds(1);
        Assert.True(_bench.State.SafetyStatusBits.HasFlag(Stopped));
    }

    [Fact]
    public void A_protective_stop_is_released_5_s_after_it_came_and_not_before()
    {
        Move();
        Cause("collision", isThere: true);
        _bench.StepSeconds(4.9);

        Assert.Contains("5 s", Pendant.Acknowledge(), StringComparison.Ordinal);
        _bench.StepSeconds(0.2);
        Assert.Null(Pendant.Acknowledge());
    }

    [Fact]
    public void A_paused_program_goes_on_from_where_it_stood_when_it_is_played()
    {
        Move();
        Cause("door", isThere: true);
        _bench.StepSeconds(1);
        var (phase, q) = (_bench.State.Phase, Joints.List(_bench.State.TargetQ));
        Cause("door", isThere: false);
        Assert.Null(Pendant.Acknowledge());
        _bench.StepSeconds(5);
        Assert.Equal(q, Joints.List(_bench.State.TargetQ));

        Assert.Null(Pendant.Play());
        _bench.Step();
        Assert.Equal((RuntimeState.Resuming, phase), (_bench.State.RuntimeState, _bench.State.Phase));
        _bench.StepSeconds(1);
        Assert.Equal(RuntimeState.Playing, _bench.State.RuntimeState);
        Assert.NotEqual(q, Joints.List(_bench.State.TargetQ));
    }

    [Fact]
    public void After_an_emergency_stop_power_brakes_and_program_are_three_orders()
    {
        Move();
        Cause("button", isThere: true);
        _bench.StepSeconds(1);
        AssertUnpowered();
        Assert.NotNull(Pendant.PowerOn());
        Cause("button", isThere: false);
        Assert.NotNull(Pendant.PowerOn());
        Assert.Null(Pendant.Acknowledge());

        Assert.NotNull(Pendant.ReleaseBrakes());
        Assert.Null(Pendant.PowerOn());
        _bench.Step();
        Assert.Equal(RobotMode.PowerOn, _bench.State.RobotMode);
        Assert.NotNull(Pendant.ReleaseBrakes());
        _bench.StepTo(state => state.RobotMode == RobotMode.Idle);
        Assert.NotNull(Pendant.Play());
        Assert.Null(Pendant.ReleaseBrakes());
        _bench.StepTo(state => state.RobotMode == RobotMode.Running);
        _bench.StepSeconds(5);
        AssertStands(RobotMode.Running, RuntimeState.Stopped);

        Assert.Null(Pendant.Play());
        _bench.Step();
        Assert.Equal((RuntimeState.Playing, CobotPhase.MovingToStart), (_bench.State.RuntimeState, _bench.State.Phase));
        _bench.StepTo(CobotPhase.Weighing);
    }

    [Fact]
    public void The_strongest_stop_names_the_mode_and_every_stop_has_its_bit()
    {
        Move();
        Cause("door", isThere: true);
        Cause("collision", isThere: true);
        _bench.Step();
        AssertSafety(SafetyMode.ProtectiveStop, SafetyStatus.SafeguardStopped | SafetyStatus.ProtectiveStopped | Stopped);

        Cause("button", isThere: true);
        _bench.Step();
        AssertSafety(SafetyMode.RobotEmergencyStop, SafetyStatus.SafeguardStopped | SafetyStatus.ProtectiveStopped | ButtonBits);
    }

    [Fact]
    public void An_emergency_stop_hastens_a_pause_that_is_under_way()
    {
        Move();
        Pendant.Pause();
        _bench.Step(2);

        Cause("button", isThere: true);
        _bench.StepSeconds(CobotProgram.EmergencyStopSeconds + 0.004);

        AssertStands(RobotMode.PowerOff, RuntimeState.Stopped);
    }

    [Fact]
    public void Reduced_limits_halve_the_speed_without_a_stop()
    {
        Move();
        _bench.Arm.Surroundings.SetReduced(true);
        _bench.StepSeconds(1);

        AssertSafety(SafetyMode.Reduced, SafetyStatus.Reduced);
        Assert.Equal((0.5, 1.0), (_bench.State.SpeedScaling, _bench.State.TargetSpeedFraction));
    }

    [Fact]
    public void A_change_of_mode_stops_the_program_and_starts_none()
    {
        Move();
        Assert.Null(Pendant.SetManual(true));
        _bench.StepSeconds(1);
        AssertStands(RobotMode.Running, RuntimeState.Stopped);
        Assert.Equal(OperationalMode.ManualReducedSpeed, _bench.State.OperationalMode);

        Assert.Null(Pendant.SetManual(false));
        _bench.StepSeconds(1);
        AssertStands(RobotMode.Running, RuntimeState.Stopped);
        AssertSafety(SafetyMode.Normal, SafetyStatus.Normal);
        Assert.Equal(OperationalMode.Automatic, _bench.State.OperationalMode);
    }

    [Fact]
    public void In_manual_mode_the_arm_moves_only_while_the_enabling_device_is_held()
    {
        Pendant.SetManual(true);
        _bench.StepSeconds(1);
        AssertSafety(SafetyMode.EnablingStop, SafetyStatus.SafeguardStopped | Stopped);
        Assert.NotNull(Pendant.Play());

        Pendant.HoldEnabling(true);
        Assert.Null(Pendant.Play());
        _bench.StepTo(CobotPhase.MovingToPick);
        _bench.StepSeconds(1);
        AssertSafety(SafetyMode.Normal, SafetyStatus.Normal | SafetyStatus.ThreePositionEnabling);

        Pendant.HoldEnabling(false);
        _bench.StepSeconds(0.3);
        AssertStands(RobotMode.Running, RuntimeState.Paused);
        Pendant.HoldEnabling(true);
        _bench.StepSeconds(5);
        AssertStands(RobotMode.Running, RuntimeState.Paused);
    }

    [Fact]
    public void In_manual_mode_the_tool_keeps_to_250_mm_a_second()
    {
        _bench.StepTo(CobotPhase.MovingToPick);
        _bench.StepSeconds(1.3);
        Pendant.SetManual(true);
        Pendant.HoldEnabling(true);
        _bench.StepTo(state => state.RuntimeState == RuntimeState.Stopped);
        Assert.Null(Pendant.Play());

        var fastest = _bench.Watch(40).Max(state => new Vector3(state.ActualTcpSpeed[0], state.ActualTcpSpeed[1], state.ActualTcpSpeed[2]).Length);

        Assert.True(_bench.State.Cycles > 0);
        Assert.InRange(fastest, 0.15, ArmModel.ManualTcpSpeedMax);
    }

    [Fact]
    public void Remote_control_needs_automatic_mode_and_ends_with_it()
    {
        Assert.Null(Pendant.SetRemoteControl(true));
        _bench.Step();
        Assert.Equal((OperationalMode.AutomaticExternal, true), (_bench.State.OperationalMode, _bench.State.IsRemoteControl));

        Pendant.SetManual(true);
        _bench.Step();
        Assert.False(_bench.State.IsRemoteControl);
        Assert.NotNull(Pendant.SetRemoteControl(true));
    }

    [Fact]
    public void Under_remote_control_only_the_remote_plays_and_anybody_stops()
    {
        Pendant.SetRemoteControl(true);
        Assert.Null(Pendant.Stop());
        _bench.StepSeconds(1);

        Assert.NotNull(Pendant.Play());
        Assert.Null(_bench.Arm.Remote.Play());
        _bench.StepSeconds(1);
        Assert.Null(Pendant.Pause());
        Pendant.SetRemoteControl(false);
        _bench.StepSeconds(1);
        Assert.NotNull(_bench.Arm.Remote.Play());
        Assert.Null(Pendant.Play());
    }

    private void Move()
    {
        _bench.StepTo(CobotPhase.MovingToPick);
        _bench.StepSeconds(0.8);
        Assert.NotEqual(0, _bench.State.ActualQd[0]);
    }

    private void Cause(string cause, bool isThere)
    {
        switch (cause)
        {
            case "button" when isThere:
                Pendant.PressEmergencyStop();
                break;
            case "button":
                Pendant.ReleaseEmergencyStop();
                break;
            case "cell":
                _bench.Arm.Surroundings.SetCellEmergencyStop(isThere);
                break;
            case "door":
                _bench.Arm.Surroundings.SetSafeguard(isThere);
                break;
            case "collision" when isThere:
                _bench.Arm.Surroundings.TriggerProtectiveStop("hit a pallet");
                break;
            case "fault" when isThere:
                _bench.Arm.Surroundings.TriggerFault();
                break;
            default:
                break;
        }
    }

    private void AssertSafety(SafetyMode mode, SafetyStatus bits)
    {
        var state = _bench.State;
        Assert.Equal((mode, mode, bits), (state.SafetyMode, state.SafetyStatus, state.SafetyStatusBits));
    }

    private void AssertStands(RobotMode robot, RuntimeState runtime)
    {
        var state = _bench.State;
        Assert.Equal((robot, runtime, 0.0), (state.RobotMode, state.RuntimeState, state.SpeedScaling));
        Assert.Equal(Joints.List(default), Joints.List(state.TargetQd));
        Assert.False(state.RobotStatusBits.HasFlag(RobotStatus.ProgramRunning));
        Assert.Equal(robot == RobotMode.Running, state.RobotStatusBits.HasFlag(RobotStatus.PowerOn));
    }

    private void AssertUnpowered()
    {
        var state = _bench.State;
        Assert.Equal(Joints.List(default), Joints.List(state.ActualCurrent));
        Assert.InRange(state.ActualRobotVoltage, 0, 1);
        Assert.Equal((int)JointMode.PowerOff, state.JointMode[0]);
        Assert.False(state.IsBrakeReleased);
    }
}
