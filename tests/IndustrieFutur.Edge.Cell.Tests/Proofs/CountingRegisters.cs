using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Holding registers that are each one up after every read, as in the foreign slave.</summary>
internal sealed class CountingRegisters : IModbusDevice
{
    private readonly ushort[] _registers = new ushort[200];

    public bool TryRead(ModbusTable table, int start, Span<ushort> values)
    {
        if (table != ModbusTable.HoldingRegisters || start + values.Length > _registers.Length)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _registers[start + i]++;
        }

        return true;
    }

    public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values) => false;

    public string? Identify(byte objectId) => null;
}
