namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>How a round trip ended.</summary>
public enum ModbusOutcome : byte
{
    /// <summary>The right answer came (or, for a broadcast, the request went out).</summary>
    Ok,

    /// <summary>No right answer came in time; garbled and foreign frames were dropped meanwhile.</summary>
    Timeout,

    /// <summary>The device refused the request.</summary>
    Exception,
}
