using System.Buffers.Binary;

namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>Tells by the request how long its answer is and whether what came can be that answer.</summary>
internal static class ModbusAnswer
{
    /// <summary>More bytes are needed to tell the length.</summary>
    public const int LengthUnknown = 0;

    /// <summary>This is no answer to that request.</summary>
    public const int Foreign = -1;

    private const int ExceptionFlag = 0x80;
    private const int IdentificationHeader = 7;

    public static bool IsException(ReadOnlySpan<byte> answer) => (answer[0] & ExceptionFlag) != 0;

    /// <summary>
    /// The length of the answer's PDU from as much of it as has come: a number above 0, <see cref="LengthUnknown"/> or
    /// <see cref="Foreign"/>.
    /// </summary>
    public static int Length(ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer)
    {
        if (answer.IsEmpty)
        {
            return LengthUnknown;
        }

        if (answer[0] == (request[0] | ExceptionFlag))
        {
            return 2;
        }

        if (answer[0] != request[0])
        {
            return Foreign;
        }

        return (ModbusFunction)request[0] switch
        {
            ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs => Counted(answer, (Count(request) + 7) / 8),
            ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters => Counted(answer, 2 * Count(request)),
            ModbusFunction.ReadWriteRegisters => Counted(answer, 2 * Count(request)),
            ModbusFunction.MaskWriteRegister => Echoed(request, answer, 7),
            ModbusFunction.EncapsulatedInterface => Identification(request, answer),
            _ => Echoed(request, answer, 5),
        };
    }

    /// <summary>The longest answer that may come: how long to wait for it.</summary>
    public static int LengthMax(ReadOnlySpan<byte> request) => (ModbusFunction)request[0] switch
    {
        ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs => 2 + ((Count(request) + 7) / 8),
        ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters => 2 + (2 * Count(request)),
        ModbusFunction.ReadWriteRegisters => 2 + (2 * Count(request)),
        ModbusFunction.EncapsulatedInterface => ModbusLimits.PduBytesMax,
        _ => 7,
    };

    private static int Count(ReadOnlySpan<byte> request) => BinaryPrimitives.ReadUInt16BigEndian(request[3..]);

    private static int Counted(ReadOnlySpan<byte> answer, int bytes)
    {
        if (answer.Length < 2)
        {
            return LengthUnknown;
        }

        return answer[1] == bytes ? 2 + bytes : Foreign;
    }

    private static int Echoed(ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer, int length)
    {
        var there = Math.Min(length, answer.Length);
        return answer[..there].SequenceEqual(request[..there]) ? length : Foreign;
    }

    /// <summary>The length stands nowhere: each object is looked at in turn.</summary>
    private static int Identification(ReadOnlySpan<byte> request, ReadOnlySpan<byte> answer)
    {
        var there = Math.Min(3, answer.Length);
        if (!answer[..there].SequenceEqual(request[..there]))
        {
            return Foreign;
        }

        if (answer.Length < IdentificationHeader)
        {
            return LengthUnknown;
        }

        var length = IdentificationHeader;
        for (var left = answer[6]; left > 0; left--)
        {
            if (answer.Length < length + 2)
            {
                return LengthUnknown;
            }

            length += 2 + answer[length + 1];
            if (length > ModbusLimits.PduBytesMax)
            {
                return Foreign;
            }
        }

        return length;
    }
}
