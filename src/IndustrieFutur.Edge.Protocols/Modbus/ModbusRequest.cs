using System.Buffers.Binary;

namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>Writes the PDU of each request into a buffer that it is given, and tells how long a received one is.</summary>
public static class ModbusRequest
{
    /// <summary>More bytes are needed to tell the length.</summary>
    public const int LengthUnknown = 0;

    /// <summary>The function is none that this code knows.</summary>
    public const int FunctionUnknown = -1;

    /// <summary>The second byte of function 43 for reading the device's identification.</summary>
    internal const byte IdentificationInterface = 14;

    public static int Read(Span<byte> pdu, ModbusTable table, ushort start, int count)
    {
        if (count < 1 || count > table.ReadMax())
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"One request reads 1 to {table.ReadMax()} values of {table}.");
        }

        return Address(pdu, table.ReadFunction(), start, (ushort)count);
    }

    public static int WriteCoil(Span<byte> pdu, ushort address, bool value) =>
        Address(pdu, ModbusFunction.WriteCoil, address, value ? (ushort)0xFF00 : (ushort)0);

    public static int WriteRegister(Span<byte> pdu, ushort address, ushort value) =>
        Address(pdu, ModbusFunction.WriteRegister, address, value);

    public static int WriteCoils(Span<byte> pdu, ushort start, ReadOnlySpan<bool> values)
    {
        CheckCount(values.Length, ModbusLimits.BitsPerWriteMax);
        var bytes = (values.Length + 7) / 8;
        Address(pdu, ModbusFunction.WriteCoils, start, (ushort)values.Length);
        pdu[5] = (byte)bytes;
        pdu.Slice(6, bytes).Clear();
        for (var i = 0; i < values.Length; i++)
        {
            pdu[6 + (i / 8)] |= (byte)((values[i] ? 1 : 0) << (i % 8));
        }

        return 6 + bytes;
    }

    public static int WriteRegisters(Span<byte> pdu, ushort start, ReadOnlySpan<ushort> values)
    {
        CheckCount(values.Length, ModbusLimits.RegistersPerWriteMax);
        Address(pdu, ModbusFunction.WriteRegisters, start, (ushort)values.Length);
        pdu[5] = (byte)(2 * values.Length);
        return 6 + Registers(pdu[6..], values);
    }

    /// <summary>The register becomes (old AND and) OR (or AND NOT and).</summary>
    public static int MaskWriteRegister(Span<byte> pdu, ushort address, ushort and, ushort or)
    {
        Address(pdu, ModbusFunction.MaskWriteRegister, address, and);
        BinaryPrimitives.WriteUInt16BigEndian(pdu[5..], or);
        return 7;
    }

    /// <summary>Writes first, then reads, in one request.</summary>
    public static int ReadWriteRegisters(Span<byte> pdu, ushort readStart, int readCount, ushort writeStart, ReadOnlySpan<ushort> values)
    {
        CheckCount(readCount, ModbusLimits.RegistersPerReadMax);
        CheckCount(values.Length, ModbusLimits.RegistersPerReadWriteMax);
        Address(pdu, ModbusFunction.ReadWriteRegisters, readStart, (ushort)readCount);
        BinaryPrimitives.WriteUInt16BigEndian(pdu[5..], writeStart);
        BinaryPrimitives.WriteUInt16BigEndian(pdu[7..], (ushort)values.Length);
        pdu[9] = (byte)(2 * values.Length);
        return 10 + Registers(pdu[10..], values);
    }

    public static int ReadIdentification(Span<byte> pdu, ModbusIdentification which, byte firstObject)
    {
        pdu[0] = (byte)ModbusFunction.EncapsulatedInterface;
        pdu[1] = IdentificationInterface;
        pdu[2] = (byte)which;
        pdu[3] = firstObject;
        return 4;
    }

    /// <summary>
    /// The length of a request's PDU by what has come of it: a number above 0, <see cref="LengthUnknown"/> or
    /// <see cref="FunctionUnknown"/>. Silence tells nothing here: no driver hands it through.
    /// </summary>
    public static int Length(ReadOnlySpan<byte> pdu) => pdu.IsEmpty ? LengthUnknown : (ModbusFunction)pdu[0] switch
    {
        >= ModbusFunction.ReadCoils and <= ModbusFunction.WriteRegister => 5,
        ModbusFunction.WriteCoils or ModbusFunction.WriteRegisters => Counted(pdu, 5),
        ModbusFunction.MaskWriteRegister => 7,
        ModbusFunction.ReadWriteRegisters => Counted(pdu, 9),
        ModbusFunction.EncapsulatedInterface => 4,
        _ => FunctionUnknown,
    };

    private static int Counted(ReadOnlySpan<byte> pdu, int countAt) => pdu.Length <= countAt ? LengthUnknown : countAt + 1 + pdu[countAt];

    private static int Address(Span<byte> pdu, ModbusFunction function, ushort address, ushort value)
    {
        pdu[0] = (byte)function;
        BinaryPrimitives.WriteUInt16BigEndian(pdu[1..], address);
        BinaryPrimitives.WriteUInt16BigEndian(pdu[3..], value);
        return 5;
    }

    private static int Registers(Span<byte> target, ReadOnlySpan<ushort> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[(2 * i)..], values[i]);
        }

        return 2 * values.Length;
    }

    private static void CheckCount(int count, int max)
    {
        if (count < 1 || count > max)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"One request carries 1 to {max} values.");
        }
    }
}
