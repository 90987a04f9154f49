using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// The person who looks after the cell, when a demonstration has nobody: comes some time after a protective stop, inspects, acknowledges at the
/// pendant and plays the program again. Touches no emergency stop, no fault and no open door: those are for somebody real. Ticks after the arm.
/// </summary>
public sealed class CobotAttendant : ISimulatedDevice
{
    private const int ComesAfterSecondsMin = 20;
    private const int ComesAfterSecondsMax = 60;

    private readonly CobotArm _arm;
    private readonly Journal _journal;
    private readonly Random _random;
    private long _comesAtTick;

    public CobotAttendant(CobotArm arm, Journal journal)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(journal);
        _arm = arm;
        _journal = journal;
        Id = arm.Id + "-attendant";
        _random = SeededRandom.For(arm.Settings.Seed, Id);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        _arm.Read(out var state);
        if (state.SafetyMode != SafetyMode.ProtectiveStop || state.RuntimeState != RuntimeState.Paused)
        {
            _comesAtTick = 0;
        }
        else if (_comesAtTick == 0)
        {
            _comesAtTick = now.Tick + (SimulatedTime.TicksPerSecond * (long)_random.Next(ComesAfterSecondsMin, ComesAfterSecondsMax));
        }
        else if (now.Tick == _comesAtTick)
        {
            Attend(now, state.IsRemoteControl);
        }
    }

    private void Attend(in SimulatedTime now, bool isRemote)
    {
        var refused = _arm.Pendant.Acknowledge();
        if (refused is null && !isRemote)
        {
            refused = _arm.Pendant.Play();
        }

        _journal.Write(now, Id, refused is null ? "inspected and acknowledged the protective stop" : $"could not help: {refused}");
    }
}
