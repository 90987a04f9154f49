using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Cobot;

namespace IndustrieFutur.Edge.Tests.Simulators.Cobot;

/// <summary>The person who looks after a demonstration: helps after a protective stop, and lets be what is not theirs.</summary>
public sealed class CobotAttendantTests : IDisposable
{
    private readonly Journal _journal = new();
    private readonly SimulationClock _clock = new();
    private readonly CobotArm _arm;

    public CobotAttendantTests()
    {
        _arm = new CobotArm(new CobotSettings { MinutesBetweenProtectiveStops = 0 }, _journal);
        _clock.Add(_arm);
        _clock.Add(new CobotAttendant(_arm, _journal));
    }

    public void Dispose() => _clock.Dispose();

    [Fact]
    public void A_protective_stop_is_inspected_acknowledged_and_played_on()
    {
        Seconds(4);
        _arm.Surroundings.TriggerProtectiveStop("test");
        Seconds(19);
        Assert.Equal(SafetyMode.ProtectiveStop, State().SafetyMode);

        Seconds(45);

        Assert.Equal((SafetyMode.Normal, RuntimeState.Playing), (State().SafetyMode, State().RuntimeState));
        Assert.Single(_journal.Lines, line => line.Contains("cobot-attendant inspected", StringComparison.Ordinal));
    }

    [Fact]
    public void An_emergency_stop_and_an_open_door_are_let_be()
    {
        Seconds(4);
        _arm.Surroundings.SetSafeguard(true);
        _arm.Surroundings.SetSafeguard(false);
        Seconds(100);
        Assert.Equal(SafetyMode.SafeguardStop, State().SafetyMode);

        _arm.Pendant.PressEmergencyStop();
        _arm.Pendant.ReleaseEmergencyStop();
        Seconds(100);
        Assert.Equal(SafetyMode.RobotEmergencyStop, State().SafetyMode);
    }

    [Fact]
    public void Under_remote_control_the_stop_is_acknowledged_and_the_program_left_to_the_remote()
    {
        Seconds(4);
        _arm.Pendant.SetRemoteControl(true);
        _arm.Surroundings.TriggerProtectiveStop("test");
        Seconds(70);

        Assert.Equal((SafetyMode.Normal, RuntimeState.Paused), (State().SafetyMode, State().RuntimeState));
    }

    private void Seconds(int seconds) => _clock.Step(seconds * SimulatedTime.TicksPerSecond);

    private CobotState State()
    {
        _arm.Read(out var state);
        return state;
    }
}
