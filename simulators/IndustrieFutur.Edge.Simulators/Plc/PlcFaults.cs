namespace IndustrieFutur.Edge.Simulators.Plc;

/// <summary>What a scenario can make wrong with the PLC's program and what it measures; the conveyor itself goes on as if nothing were.</summary>
public sealed class PlcFaults
{
    /// <summary>The heartbeat stands still, as when the program has stopped and the communication has not.</summary>
    public bool StopsHeartbeat { get; set; }

    /// <summary>Speed, current and temperature show what they last showed.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>How much faster than true the temperature reading rises, degrees Celsius a minute; 0 takes the drift away at once.</summary>
    public double TemperatureDriftPerMinute { get; set; }

    /// <summary>Times the usual noise on speed and current.</summary>
    public double NoiseFactor { get; set; } = 1;
}
