namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>How a client speaks on its link; one for all units behind it.</summary>
public sealed record ModbusClientSettings
{
    public required ModbusFraming Framing { get; init; }

    /// <summary>Silence to keep before a request on a serial line: t3.5, or what its slowest listener needs.</summary>
    public long FrameGapNanos { get; init; }

    /// <summary>One character on the wire; its time is added to the wait for an answer. 0 where bytes take no time.</summary>
    public long CharacterNanos { get; init; }

    /// <summary>Pause after a broadcast, in which every unit does what it was told (100 to 200 ms by the standard).</summary>
    public TimeSpan Turnaround { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The adapter hears itself: every request comes back before its answer and is dropped.</summary>
    public bool StripEcho { get; init; }

    /// <summary>An RTU line of a given speed, with the silences that the standard asks for.</summary>
    public static ModbusClientSettings Rtu(int baud) => new()
    {
        Framing = ModbusFraming.Rtu,
        FrameGapNanos = ModbusTiming.FrameGapNanos(baud),
        CharacterNanos = ModbusTiming.CharacterNanos(baud),
    };

    public static ModbusClientSettings Tcp() => new() { Framing = ModbusFraming.Tcp };
}
