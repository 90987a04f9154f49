namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>What follows from a table: how its values lie in a message and which function reads it.</summary>
public static class ModbusTables
{
    /// <summary>The table's values are single bits, eight to a byte, lowest first.</summary>
    public static bool HoldsBits(this ModbusTable table) => table is ModbusTable.Coils or ModbusTable.DiscreteInputs;

    public static ModbusFunction ReadFunction(this ModbusTable table) => table switch
    {
        ModbusTable.Coils => ModbusFunction.ReadCoils,
        ModbusTable.DiscreteInputs => ModbusFunction.ReadDiscreteInputs,
        ModbusTable.InputRegisters => ModbusFunction.ReadInputRegisters,
        _ => ModbusFunction.ReadHoldingRegisters,
    };

    /// <summary>The most values that one request may ask of the table.</summary>
    public static int ReadMax(this ModbusTable table) => table.HoldsBits() ? ModbusLimits.BitsPerReadMax : ModbusLimits.RegistersPerReadMax;
}
