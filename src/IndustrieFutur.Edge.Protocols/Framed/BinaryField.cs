using System.Buffers.Binary;

namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>One number in a binary message, by its place.</summary>
/// <param name="Offset">Bytes before it, sync bytes included.</param>
/// <param name="Type">What it is.</param>
/// <param name="IsBigEndian">Highest byte first.</param>
public readonly record struct BinaryField(int Offset, BinaryType Type, bool IsBigEndian)
{
    /// <summary>How many bytes it takes.</summary>
    public int Length => Type switch
    {
        BinaryType.U8 or BinaryType.I8 => 1,
        BinaryType.U16 or BinaryType.I16 => 2,
        BinaryType.U32 or BinaryType.I32 or BinaryType.F32 => 4,
        _ => 8,
    };

    public bool IsFloat => Type is BinaryType.F32 or BinaryType.F64;

    /// <summary>The number's 64 bits, as a double when it is a floating point one, else as a long; false when the message is too short.</summary>
    public bool TryRead(ReadOnlySpan<byte> frame, out long bits)
    {
        bits = 0;
        if (frame.Length < Offset + Length)
        {
            return false;
        }

        var raw = Raw(frame.Slice(Offset, Length));
        bits = Type switch
        {
            BinaryType.I8 => (sbyte)raw,
            BinaryType.I16 => (short)raw,
            BinaryType.I32 => (int)raw,
            BinaryType.F32 => BitConverter.DoubleToInt64Bits(BitConverter.Int32BitsToSingle((int)raw)),
            _ => (long)raw,
        };
        return true;
    }

    private ulong Raw(ReadOnlySpan<byte> bytes) => (bytes.Length, IsBigEndian) switch
    {
        (1, _) => bytes[0],
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };
}
