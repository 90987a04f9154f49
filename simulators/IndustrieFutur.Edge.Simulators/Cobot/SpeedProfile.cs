namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>
/// How far a move has come: from 0 to 1 in its time, with a trapezoid of speed whose ramps are rounded, so that the acceleration has no jump.
/// All joints of a move share it, so they start and arrive together.
/// </summary>
/// <param name="Seconds">The move's time.</param>
internal readonly record struct SpeedProfile(double Seconds)
{
    /// <summary>The part of the time that a ramp takes.</summary>
    public const double Ramp = 0.35;

    /// <summary>The greatest speed, for a distance of 1.</summary>
    public double Cruise => 1 / (Seconds * (1 - Ramp));

    /// <summary>Distance, speed and acceleration at a time; before the start and after the end it stands.</summary>
    public (double Distance, double Speed, double Acceleration) At(double seconds)
    {
        if (seconds <= 0)
        {
            return (0, 0, 0);
        }

        if (seconds >= Seconds)
        {
            return (1, 0, 0);
        }

        if (seconds > Seconds / 2)
        {
            var (left, speed, braking) = At(Seconds - seconds);
            return (1 - left, speed, -braking);
        }

        var ramp = Seconds * Ramp;
        var u = seconds / ramp;
        return u >= 1
            ? (Cruise * (seconds - (ramp / 2)), Cruise, 0)
            : (Cruise * ramp * u * u * u * (1 - (u / 2)), Cruise * u * u * (3 - (2 * u)), Cruise / ramp * 6 * u * (1 - u));
    }
}
