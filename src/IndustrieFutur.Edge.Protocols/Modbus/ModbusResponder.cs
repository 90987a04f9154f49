using System.Buffers.Binary;
using System.Text;

namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>Answers the PDU of a request from a device's tables, or refuses it with the exception that the standard asks for.</summary>
public sealed class ModbusResponder(IModbusDevice device)
{
    /// <summary>The device's identification can be streamed and asked for one by one, to the regular level.</summary>
    private const byte Conformity = 0x82;

    private const byte BasicLast = 2;
    private const byte RegularLast = 6;

    private readonly ushort[] _values = new ushort[ModbusLimits.BitsPerReadMax];

    /// <summary>Writes the answer to a whole request and returns its length. One request at a time, whatever link it came by.</summary>
    public int Answer(ReadOnlySpan<byte> request, Span<byte> answer)
    {
        // A mask write is a read and a write: no other link may come between them.
        lock (device)
        {
            answer[0] = request[0];
            var length = Handle(request, answer, out var refused);
            if (refused == ModbusExceptionCode.None)
            {
                return length;
            }

            answer[0] = (byte)(request[0] | 0x80);
            answer[1] = (byte)refused;
            return 2;
        }
    }

    private int Handle(ReadOnlySpan<byte> request, Span<byte> answer, out ModbusExceptionCode refused)
    {
        switch ((ModbusFunction)request[0])
        {
            case ModbusFunction.ReadCoils:
                return ReadBits(ModbusTable.Coils, request, answer, out refused);
            case ModbusFunction.ReadDiscreteInputs:
                return ReadBits(ModbusTable.DiscreteInputs, request, answer, out refused);
            case ModbusFunction.ReadHoldingRegisters:
                return ReadRegisters(ModbusTable.HoldingRegisters, request, answer, out refused);
            case ModbusFunction.ReadInputRegisters:
                return ReadRegisters(ModbusTable.InputRegisters, request, answer, out refused);
            case ModbusFunction.WriteCoil:
                return WriteCoil(request, answer, out refused);
            case ModbusFunction.WriteRegister:
                _values[0] = Word(request, 3);
                return Write(ModbusTable.HoldingRegisters, request, 1, answer, out refused);
            case ModbusFunction.WriteCoils:
                return WriteCoils(request, answer, out refused);
            case ModbusFunction.WriteRegisters:
                return WriteRegisters(request, answer, out refused);
            case ModbusFunction.MaskWriteRegister:
                return MaskWrite(request, answer, out refused);
            case ModbusFunction.ReadWriteRegisters:
                return ReadWrite(request, answer, out refused);
            case ModbusFunction.EncapsulatedInterface when request[1] == ModbusRequest.IdentificationInterface:
                return Identify(request, answer, out refused);
            default:
                refused = ModbusExceptionCode.IllegalFunction;
                return 0;
        }
    }

    private int ReadBits(ModbusTable table, ReadOnlySpan<byte> request, Span<byte> answer, out ModbusExceptionCode refused)
    {
        var count = Word(request, 3);
        if (!TryRead(table, Word(request, 1), count, out refused))
        {
            return 0;
        }

        var bytes = (count + 7) / 8;
        answer[1] = (byte)bytes;
        answer.Slice(2, bytes).Clear();
        for (var i = 0; i < count; i++)
        {
            answer[2 + (i / 8)] |= (byte)((_values[i] & 1) << (i % 8));
        }

        return 2 + bytes;
    }

    private int ReadRegisters(ModbusTable table, ReadOnlySpan<byte> request, Span<byte> answer, out ModbusExceptionCode refused)
    {
        var count = Word(request, 3);
        if (!TryRead(table, Word(request, 1), count, out refused))
        {
            return 0;
        }

        answer[1] = (byte)(2 * count);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(answer[(2 + (2 * i))..], _values[i]);
        }

        return 2 + (2 * count);
    }

    private bool TryRead(ModbusTable table, int start, int count, out ModbusExceptionCode refused)
    {
        refused = count < 1 || count > table.ReadMax() ? ModbusExceptionCode.IllegalDataValue
            : start + count > 65_536 || !device.TryRead(table, start, _values.AsSpan(0, count)) ? ModbusExceptionCode.IllegalDataAddress
            : ModbusExceptionCode.None;
        return refused == ModbusExceptionCode.None;
    }

    private int WriteCoil(ReadOnlySpan<byte> request, Span<byte> answer, out ModbusExceptionCode refused)
    {
        var value = Word(request, 3);
        if (value is not (0 or 0xFF00))
        {
            refused = ModbusExceptionCode.IllegalDataValue;
            return 0;
        }

        _values[0] = (ushort)(value >> 15);
        return Write(ModbusTable.Coils, request, 1, answer, out refused);
    }

    private int WriteCoils(ReadOnlySpan<byte> request, Span<byte> answer, out ModbusExceptionCode refused)
    {
        var count = Word(request, 3);
        if (count < 1 || count > ModbusLimits.BitsPerWriteMax || request[5] != (count + 7) / 8)
        {
            refused = ModbusExceptionCode.IllegalDataValue;
            return 0;
        }

        for (var i = 0; i < count; i++)
        {
            _values[i] = (ushort)((request[6 + (i / 8)] >> (i % 8)) & 1);
        }

        return Write(ModbusTable.Coils, request, count, answer, out refused);
    }

    private int WriteRegisters(ReadOnlySpan<byte> request, Span<byte> answer, out ModbusExceptionCode refused)
    {
        var count = Word(request, 3);
        if (count < 1 || count > ModbusLimits.RegistersPerWriteMax || request[5] != 2 * count)
        {
            refused = ModbusExceptionCode.IllegalDataValue;
            return 0;
        }

        Words(request[6..], _values.AsSpan(0, count));
        return Write(ModbusTable.HoldingRegisters, request, count, answer, out refused);
    }

    /// <summary>Writes what lies in the values; the answer repeats the request's first five bytes.</summary>
    private int Write(ModbusTable table, ReadOnlySpan<byte> request, int count, Span<byte> answer, out ModbusExceptionCode refused)
    {
        refused = TryWrite(table, Word(request, 1), count) ? ModbusExceptionCode.None : ModbusExceptionCode.IllegalDataAddress;
        request[..5].CopyTo(answer);
        return 5;
    }

    private bool TryWrite(ModbusTable table, int start, int count) =>
        start + count <= 65_536 && device.TryWrite(table, start, _values.AsSpan(0, count));

    private int MaskWrite(ReadOnlySpan<byte> request, Span<byte> answer, out ModbusExceptionCode refused)
    {
        var address = Word(request, 1);
        var and = Word(request, 3);
        var or = Word(request, 5);
        if (!TryRead(ModbusTable.HoldingRegisters, address, 1, out refused))
        {
            return 0;
        }

        _values[0] = (ushort)((_values[0] & and) | (or & ~and));
        refused = TryWrite(ModbusTable.HoldingRegisters, address, 1) ? ModbusExceptionCode.None : ModbusExceptionCode.IllegalDataAddress;
        request[..7].CopyTo(answer);
        return 7;
    }

    private int ReadWrite(ReadOnlySpan<byte> request, Span<byte> answer, out ModbusExceptionCode refused)
    {
        var readCount = Word(request, 3);
        var count = Word(request, 7);
        if (readCount < 1 || readCount > ModbusLimits.RegistersPerReadMax
            || count < 1 || count > ModbusLimits.RegistersPerReadWriteMax || request[9] != 2 * count)
        {
            refused = ModbusExceptionCode.IllegalDataValue;
            return 0;
        }

        // Both ranges are checked before anything is written: a refused request changes nothing.
        if (!TryRead(ModbusTable.HoldingRegisters, Word(request, 1), readCount, out refused))
        {
            return 0;
        }

        Words(request[10..], _values.AsSpan(0, count));
        if (!TryWrite(ModbusTable.HoldingRegisters, Word(request, 5), count))
        {
            refused = ModbusExceptionCode.IllegalDataAddress;
            return 0;
        }

        return ReadRegisters(ModbusTable.HoldingRegisters, request, answer, out refused);
    }

    private int Identify(ReadOnlySpan<byte> request, Span<byte> answer, out ModbusExceptionCode refused)
    {
        var which = (ModbusIdentification)request[2];
        var first = request[3];
        if (which is < ModbusIdentification.Basic or > ModbusIdentification.One)
        {
            refused = ModbusExceptionCode.IllegalDataValue;
            return 0;
        }

        if (device.Identify(first) is null)
        {
            // An unknown object starts the stream at the beginning; asked for alone it is an illegal address.
            if (which == ModbusIdentification.One)
            {
                refused = ModbusExceptionCode.IllegalDataAddress;
                return 0;
            }

            first = 0;
        }

        refused = ModbusExceptionCode.None;
        request[..3].CopyTo(answer);
        answer[3] = Conformity;
        return Objects(first, Last(which, first), answer);
    }

    private static int Last(ModbusIdentification which, byte first) => which switch
    {
        ModbusIdentification.Basic => BasicLast,
        ModbusIdentification.Regular => RegularLast,
        ModbusIdentification.One => first,
        _ => byte.MaxValue,
    };

    private int Objects(int first, int last, Span<byte> answer)
    {
        answer[4] = 0;
        answer[5] = 0;
        answer[6] = 0;
        var length = 7;
        for (var id = first; id <= last; id++)
        {
            if (device.Identify((byte)id) is not { } text)
            {
                continue;
            }

            var bytes = Encoding.UTF8.GetBytes(text);
            if (length + 2 + bytes.Length > ModbusLimits.PduBytesMax)
            {
                answer[4] = 0xFF;
                answer[5] = (byte)id;
                break;
            }

            answer[6]++;
            answer[length] = (byte)id;
            answer[length + 1] = (byte)bytes.Length;
            bytes.CopyTo(answer[(length + 2)..]);
            length += 2 + bytes.Length;
        }

        return length;
    }

    private static ushort Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static void Words(ReadOnlySpan<byte> bytes, Span<ushort> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Word(bytes, 2 * i);
        }
    }
}
