namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>What a Modbus server stands in front of: tables that can be read and written. The server asks for one thing at a time.</summary>
public interface IModbusDevice
{
    /// <summary>Copies values (a bit is 0 or 1) from an address on. False: one of them does not exist.</summary>
    bool TryRead(ModbusTable table, int start, Span<ushort> values);

    /// <summary>Takes values (a bit is 0 or 1) from an address on. False: one of them does not exist, and nothing was changed.</summary>
    bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values);

    /// <summary>An object of the device's identification (0 vendor, 1 product, 2 revision, ...); null when it has none.</summary>
    string? Identify(byte objectId);
}
