using IndustrieFutur.Edge.Simulators.Cell;

namespace IndustrieFutur.Edge.Simulators.Torque;

/// <summary>
/// The person at a demonstration's torque driver: one of the first screws they put in is a bad one, and some seconds after an alarm they
/// acknowledge it at the controller's panel. Ticks after the torque driver.
/// </summary>
internal sealed class TorqueAttendant : ISimulatedDevice
{
    /// <summary>The first screw shows how it is meant, and the third is tightened well within a minute.</summary>
    private const int BadScrewMin = 2;
    private const int BadScrewMax = 3;

    private const int ComesAfterSecondsMin = 4;
    private const int ComesAfterSecondsMax = 9;

    private readonly TorqueController _torque;
    private readonly Random _random;
    private readonly int _badScrew;
    private bool _hasPutItIn;
    private long _comesAtTick;

    /// <param name="seed">The cell's.</param>
    /// <param name="torque">The torque driver that is looked after.</param>
    public TorqueAttendant(int seed, TorqueController torque)
    {
        _torque = torque;
        Id = torque.Id + "-attendant";
        _random = SeededRandom.For(seed, Id);
        _badScrew = _random.Next(BadScrewMin, BadScrewMax + 1);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public void Tick(in SimulatedTime now)
    {
        PutIn();
        if (_torque.ActiveAlarm is not { } code)
        {
            _comesAtTick = 0;
        }
        else if (_comesAtTick == 0)
        {
            _comesAtTick = now.Tick + (SimulatedTime.TicksPerSecond * (long)_random.Next(ComesAfterSecondsMin, ComesAfterSecondsMax + 1));
        }
        else if (now.Tick == _comesAtTick)
        {
            _torque.AcknowledgeAlarm(code);
        }
    }

    private void PutIn()
    {
        if (!_hasPutItIn && _torque.Results.Last == _badScrew - 1)
        {
            _torque.NextIsNok = true;
            _hasPutItIn = true;
        }
    }
}
