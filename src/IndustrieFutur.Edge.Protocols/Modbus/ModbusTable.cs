namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>The four tables of a Modbus device; each has its own addresses from 0 to 65535.</summary>
public enum ModbusTable : byte
{
    /// <summary>Bits that may be written: the "0x" table.</summary>
    Coils,

    /// <summary>Bits that are only read: the "1x" table.</summary>
    DiscreteInputs,

    /// <summary>Registers that are only read: the "3x" table.</summary>
    InputRegisters,

    /// <summary>Registers that may be written: the "4x" table.</summary>
    HoldingRegisters,
}
