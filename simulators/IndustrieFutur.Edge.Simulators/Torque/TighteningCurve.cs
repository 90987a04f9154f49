namespace IndustrieFutur.Edge.Simulators.Torque;

/// <summary>
/// One screw on its way: it runs down with little torque, meets the head's seat, and is turned until its torque is reached. Three of a
/// hundred give way below it.
/// </summary>
internal sealed class TighteningCurve
{
    private const double RundownShare = 0.6;
    private const double RundownTorque = 0.4;
    private const double RundownDegreesPerSecond = 1_800;
    private const double TorqueTolerance = 0.2;
    private const double NokTorqueMin = 9.5;
    private const double NokTorqueMax = 10.5;
    private const double AngleTolerance = 8;

    private readonly double _seconds;
    private readonly double _peakTorque;
    private readonly double _finalDegrees;
    private readonly double _friction;
    private double _elapsedSeconds;

    /// <param name="chance">Decides of the screw; all of it is drawn at once.</param>
    /// <param name="seconds">How long it takes.</param>
    /// <param name="isNok">The screw is bad whatever chance says.</param>
    public TighteningCurve(Random chance, double seconds, bool isNok)
    {
        var (fate, torque, angle, friction) = (chance.NextDouble(), chance.NextDouble(), chance.NextDouble(), chance.NextDouble());
        _seconds = seconds;
        _peakTorque = isNok || fate < TorqueController.NokShare
            ? NokTorqueMin + (torque * (NokTorqueMax - NokTorqueMin))
            : TorqueController.TargetTorque + (((2 * torque) - 1) * TorqueTolerance);
        _finalDegrees = TorqueController.TargetDegrees + (((2 * angle) - 1) * AngleTolerance);
        _friction = RundownTorque * (0.8 + (0.4 * friction));
    }

    /// <summary>Newton metres, now.</summary>
    public double Torque { get; private set; }

    /// <summary>Degrees since it began; from the seat on those that count.</summary>
    public double Degrees { get; private set; }

    public bool IsSeated { get; private set; }

    public bool IsDone => _elapsedSeconds >= _seconds;

    public void Scan(double scanSeconds)
    {
        _elapsedSeconds = Math.Min(_seconds, _elapsedSeconds + scanSeconds);
        var rundown = _seconds * RundownShare;
        IsSeated = _elapsedSeconds > rundown;
        if (!IsSeated)
        {
            Torque = _friction;
            Degrees = _elapsedSeconds * RundownDegreesPerSecond;
            return;
        }

        // From the seat on the torque rises with the angle, as in a joint that does not yield.
        var way = (_elapsedSeconds - rundown) / (_seconds - rundown);
        Torque = _friction + ((_peakTorque - _friction) * way);
        Degrees = _finalDegrees * way;
    }
}
