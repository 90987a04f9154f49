using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>Turns registers as they travelled into values and back, by type and word order.</summary>
public static class ModbusValue
{
    /// <summary>Registers that a number takes; 0 for a text, which says its own length, and for a bit of its own.</summary>
    public static int Registers(ModbusType type) => type switch
    {
        ModbusType.U16 or ModbusType.I16 => 1,
        ModbusType.U32 or ModbusType.I32 or ModbusType.F32 => 2,
        ModbusType.U64 or ModbusType.I64 or ModbusType.F64 => 4,
        _ => 0,
    };

    /// <summary>
    /// The number in the registers: an integer, sign-extended, or the bits of a double (an f32 is widened). The bytes are as many as
    /// the type takes.
    /// </summary>
    public static long Decode(ReadOnlySpan<byte> registers, ModbusType type, ModbusWordOrder order)
    {
        switch (type)
        {
            case ModbusType.U16:
                return BinaryPrimitives.ReadUInt16BigEndian(registers);
            case ModbusType.I16:
                return BinaryPrimitives.ReadInt16BigEndian(registers);
            case ModbusType.U32:
                return Raw32(registers, order);
            case ModbusType.I32:
                return (int)Raw32(registers, order);
            case ModbusType.F32:
                return BitConverter.DoubleToInt64Bits(BitConverter.UInt32BitsToSingle(Raw32(registers, order)));
            case ModbusType.U64 or ModbusType.I64 or ModbusType.F64:
                return (long)Raw64(registers, order);
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "A bit and a text are no numbers.");
        }
    }

    /// <summary>The reverse of <see cref="Decode"/>: what the device holds.</summary>
    public static void Encode(long value, ModbusType type, ModbusWordOrder order, Span<byte> registers)
    {
        switch (type)
        {
            case ModbusType.U16 or ModbusType.I16:
                BinaryPrimitives.WriteUInt16BigEndian(registers, (ushort)value);
                return;
            case ModbusType.F32:
                BinaryPrimitives.WriteSingleBigEndian(registers, (float)BitConverter.Int64BitsToDouble(value));
                Reorder(registers[..4], order);
                return;
            case ModbusType.U32 or ModbusType.I32:
                BinaryPrimitives.WriteUInt32BigEndian(registers, (uint)value);
                Reorder(registers[..4], order);
                return;
            case ModbusType.U64 or ModbusType.I64 or ModbusType.F64:
                BinaryPrimitives.WriteInt64BigEndian(registers, value);
                Reorder(registers[..8], order);
                return;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "A bit and a text are no numbers.");
        }
    }

    /// <summary>A bit of one register, 0 the least significant.</summary>
    public static bool Bit(ReadOnlySpan<byte> register, int bit) => ((BinaryPrimitives.ReadUInt16BigEndian(register) >> bit) & 1) != 0;

    /// <summary>A bit of a table of bits, counted from the first that was asked for.</summary>
    public static bool PackedBit(ReadOnlySpan<byte> packed, int index) => ((packed[index / 8] >> (index % 8)) & 1) != 0;

    /// <summary>
    /// Writes a text as UTF-8 and returns its length: two characters a register, ended by the first NUL, trailing spaces off. Bytes
    /// that are no UTF-8 are read as Latin-1, so the target holds twice as many bytes as the registers.
    /// </summary>
    public static int DecodeText(ReadOnlySpan<byte> registers, ModbusWordOrder order, Span<byte> utf8)
    {
        Span<byte> text = stackalloc byte[2 * ModbusLimits.RegistersPerReadMax];
        text = text[..registers.Length];
        registers.CopyTo(text);
        if (order is ModbusWordOrder.Badc or ModbusWordOrder.Dcba)
        {
            SwapBytes(text);
        }

        var end = text.IndexOf((byte)0);
        ReadOnlySpan<byte> trimmed = (end < 0 ? text : text[..end]).TrimEnd((byte)' ');
        if (Utf8.IsValid(trimmed))
        {
            trimmed.CopyTo(utf8);
            return trimmed.Length;
        }

        return FromLatin1(trimmed, utf8);
    }

    /// <summary>Fills the registers with a text, high byte first, NUL behind it.</summary>
    public static void EncodeText(string text, Span<byte> registers)
    {
        registers.Clear();
        Encoding.Latin1.GetBytes(text.AsSpan(0, Math.Min(text.Length, registers.Length)), registers);
    }

    private static int FromLatin1(ReadOnlySpan<byte> text, Span<byte> utf8)
    {
        var length = 0;
        foreach (var value in text)
        {
            length += new Rune(value).EncodeToUtf8(utf8[length..]);
        }

        return length;
    }

    private static uint Raw32(ReadOnlySpan<byte> registers, ModbusWordOrder order)
    {
        var raw = BinaryPrimitives.ReadUInt32BigEndian(registers);
        return order switch
        {
            ModbusWordOrder.Abcd => raw,
            ModbusWordOrder.Cdab => (raw << 16) | (raw >> 16),
            ModbusWordOrder.Badc => ((raw & 0x00FF_00FF) << 8) | ((raw >> 8) & 0x00FF_00FF),
            _ => BinaryPrimitives.ReverseEndianness(raw),
        };
    }

    private static ulong Raw64(ReadOnlySpan<byte> registers, ModbusWordOrder order)
    {
        var first = Raw32(registers, order);
        var second = Raw32(registers[4..], order);
        var bigWordFirst = order is ModbusWordOrder.Abcd or ModbusWordOrder.Badc;
        return bigWordFirst ? ((ulong)first << 32) | second : ((ulong)second << 32) | first;
    }

    private static void Reorder(Span<byte> bytes, ModbusWordOrder order)
    {
        if (order is ModbusWordOrder.Cdab or ModbusWordOrder.Dcba)
        {
            // Reversing every byte reverses the words; swapping the bytes inside them back leaves the words alone reversed.
            bytes.Reverse();
            SwapBytes(bytes);
        }

        if (order is ModbusWordOrder.Badc or ModbusWordOrder.Dcba)
        {
            SwapBytes(bytes);
        }
    }

    private static void SwapBytes(Span<byte> bytes)
    {
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
        }
    }
}
