namespace IndustrieFutur.Edge.Simulators.Cobot;

/// <summary>What a scenario can make wrong with what the arm measures; the arm itself goes on as if nothing were.</summary>
public sealed class CobotFaults
{
    /// <summary>The joints' feedback stands still: angles, speeds and the pose with them.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>How much faster than true every joint's temperature reading rises, degrees Celsius a minute; 0 takes the drift away at once.</summary>
    public double TemperatureDriftPerMinute { get; set; }

    /// <summary>Times the usual noise on currents and force.</summary>
    public double NoiseFactor { get; set; } = 1;
}
