using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>A device of plain arrays, with addresses that can be made illegal.</summary>
internal sealed class TableDevice : IModbusDevice
{
    private readonly ushort[][] _tables = [new ushort[200], new ushort[400], new ushort[200], new ushort[200]];

    /// <summary>Addresses of any table that this device does not know.</summary>
    public HashSet<int> Illegal { get; } = [];

    public Dictionary<byte, string> Objects { get; } = [];

    public ushort[] this[ModbusTable table] => _tables[(int)table];

    public bool TryRead(ModbusTable table, int start, Span<ushort> values)
    {
        if (!Exists(table, start, values.Length))
        {
            return false;
        }

        this[table].AsSpan(start, values.Length).CopyTo(values);
        return true;
    }

    public bool TryWrite(ModbusTable table, int start, ReadOnlySpan<ushort> values)
    {
        if (!Exists(table, start, values.Length))
        {
            return false;
        }

        values.CopyTo(this[table].AsSpan(start));
        return true;
    }

    public string? Identify(byte objectId) => Objects.GetValueOrDefault(objectId);

    private bool Exists(ModbusTable table, int start, int count)
    {
        for (var address = start; address < start + count; address++)
        {
            if (address >= this[table].Length || Illegal.Contains(address))
            {
                return false;
            }
        }

        return true;
    }
}
