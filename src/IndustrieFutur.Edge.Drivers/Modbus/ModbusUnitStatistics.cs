namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>What a device's unit has been asked and how it answered, since start-up: numbers for people, read from any thread.</summary>
public sealed class ModbusUnitStatistics(string device, int unit)
{
    public string Device { get; } = device;

    public int Unit { get; } = unit;

    public long Requests { get; internal set; }

    /// <summary>Requests that met silence.</summary>
    public long Timeouts { get; internal set; }

    /// <summary>Answers whose CRC was wrong.</summary>
    public long CrcErrors { get; internal set; }

    /// <summary>Requests that the device refused.</summary>
    public long Exceptions { get; internal set; }

    /// <summary>Rounds that were skipped because the one before was not done in time.</summary>
    public long MissedRounds { get; internal set; }

    /// <summary>The unit has fallen silent and is only probed now and then.</summary>
    public bool IsSilent { get; internal set; }
}
