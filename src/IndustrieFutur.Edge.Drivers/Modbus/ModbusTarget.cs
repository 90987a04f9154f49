using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Modbus;

namespace IndustrieFutur.Edge.Drivers.Modbus;

/// <summary>A register or coil that may be written, and how a value is put into it.</summary>
internal sealed record ModbusTarget(ModbusTable Table, ushort Address, ModbusType Type, ModbusWordOrder Order, double Scale, double Offset)
{
    /// <summary>Beyond it a double does not tell one whole number from the next.</summary>
    private const double WholeMax = 9_007_199_254_740_992;

    /// <summary>A scale of 0.1 leaves so much beside a whole number, and no more.</summary>
    private const double WholeTolerance = 1e-6;

    /// <summary>Why the value cannot be written; null when it can.</summary>
    public string? MistakeIn(double value)
    {
        var raw = (value - Offset) / Scale;
        if (!double.IsFinite(raw))
        {
            return "is no number that the device can hold; write a finite one";
        }

        var (low, high) = Range();
        if (raw < low || raw > high)
        {
            return $"is out of the range of the device's {Type.ToString().ToLowerInvariant()}; write a value within it";
        }

        var isWhole = Math.Abs(raw - Math.Round(raw)) <= WholeTolerance;
        return isWhole || Type is ModbusType.F32 or ModbusType.F64 ? null : "lies between two values that the device can hold; write one of them";
    }

    /// <summary>Sends the one request that writes it. The value has no mistake.</summary>
    public ModbusResult Write(ModbusClient client, byte unit, double value)
    {
        var raw = (value - Offset) / Scale;
        if (Type == ModbusType.Bool)
        {
            return client.WriteCoil(unit, Address, Math.Round(raw) != 0);
        }

        Span<byte> bytes = stackalloc byte[8];
        Span<ushort> registers = stackalloc ushort[4];
        var count = ModbusValue.Registers(Type);
        var bits = Type is ModbusType.F32 or ModbusType.F64 ? BitConverter.DoubleToInt64Bits(raw) : (long)Math.Round(raw);
        ModbusValue.Encode(bits, Type, Order, bytes[..(2 * count)]);
        for (var i = 0; i < count; i++)
        {
            registers[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
        }

        return count == 1 ? client.WriteRegister(unit, Address, registers[0]) : client.WriteRegisters(unit, Address, registers[..count]);
    }

    private (double Low, double High) Range() => Type switch
    {
        ModbusType.Bool => (0, 1),
        ModbusType.U16 => (ushort.MinValue, ushort.MaxValue),
        ModbusType.I16 => (short.MinValue, short.MaxValue),
        ModbusType.U32 => (uint.MinValue, uint.MaxValue),
        ModbusType.I32 => (int.MinValue, int.MaxValue),
        ModbusType.U64 => (0, WholeMax),
        ModbusType.I64 => (-WholeMax, WholeMax),
        ModbusType.F32 => (float.MinValue, float.MaxValue),
        _ => (double.MinValue, double.MaxValue),
    };
}
