using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>What a device's unit has been asked and how it answered, since start-up: numbers for people, read from any thread, in memory that is given.</summary>
public sealed class ModbusUnitStatistics
{
    private readonly HotCounters _numbers;

    /// <param name="memory">Where they live; zeroed memory is a unit that was never asked.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="unit">Its number on the line.</param>
    public ModbusUnitStatistics(HotMemory memory, string device, int unit)
    {
        _numbers = new HotCounters(memory, (int)Place.Count);
        Device = device;
        Unit = unit;
    }

    private enum Place
    {
        Requests,
        Timeouts,
        CrcErrors,
        Exceptions,
        MissedRounds,
        Silent,
        Count,
    }

    public static long BytesNeeded { get; } = HotCounters.BytesNeeded((int)Place.Count);

    public string Device { get; }

    public int Unit { get; }

    public long Requests
    {
        get => _numbers.Read((int)Place.Requests);
        internal set => _numbers.Set((int)Place.Requests, value);
    }

    /// <summary>Requests that met silence.</summary>
    public long Timeouts
    {
        get => _numbers.Read((int)Place.Timeouts);
        internal set => _numbers.Set((int)Place.Timeouts, value);
    }

    /// <summary>Answers whose CRC was wrong.</summary>
    public long CrcErrors
    {
        get => _numbers.Read((int)Place.CrcErrors);
        internal set => _numbers.Set((int)Place.CrcErrors, value);
    }

    /// <summary>Requests that the device refused.</summary>
    public long Exceptions
    {
        get => _numbers.Read((int)Place.Exceptions);
        internal set => _numbers.Set((int)Place.Exceptions, value);
    }

    /// <summary>Rounds that were skipped because the one before was not done in time.</summary>
    public long MissedRounds
    {
        get => _numbers.Read((int)Place.MissedRounds);
        internal set => _numbers.Set((int)Place.MissedRounds, value);
    }

    /// <summary>The unit has fallen silent and is only probed now and then.</summary>
    public bool IsSilent
    {
        get => _numbers.Read((int)Place.Silent) != 0;
        internal set => _numbers.Set((int)Place.Silent, value ? 1 : 0);
    }
}
