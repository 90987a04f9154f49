using System.Buffers.Binary;
using System.Text;

namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>Writes OPC UA Binary (OPC UA Part 6, 5.2) into a message buffer, which says how much may be written.</summary>
public ref partial struct UaWriter
{
    private readonly MessageBuffer _buffer;

    public UaWriter(MessageBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        _buffer = buffer;
    }

    public readonly int Position => _buffer.Length;

    public readonly void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public readonly void WriteSByte(sbyte value) => WriteByte((byte)value);

    public readonly void WriteByte(byte value) => _buffer.Take(1)[0] = value;

    public readonly void WriteInt16(short value) => BinaryPrimitives.WriteInt16LittleEndian(_buffer.Take(2), value);

    public readonly void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(_buffer.Take(2), value);

    public readonly void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.Take(4), value);

    public readonly void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_buffer.Take(4), value);

    public readonly void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(_buffer.Take(8), value);

    public readonly void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(_buffer.Take(8), value);

    public readonly void WriteFloat(float value) => BinaryPrimitives.WriteSingleLittleEndian(_buffer.Take(4), value);

    public readonly void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(_buffer.Take(8), value);

    /// <summary>Raw: 100 ns steps since 1601; see <see cref="UaTime"/>.</summary>
    public readonly void WriteDateTime(long value) => WriteInt64(value);

    public readonly void WriteStatusCode(uint value) => WriteUInt32(value);

    public readonly void WriteGuid(Guid value) => value.TryWriteBytes(_buffer.Take(16));

    public readonly void WriteString(string? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }

        var count = Encoding.UTF8.GetByteCount(value);
        WriteInt32(count);
        Encoding.UTF8.GetBytes(value, _buffer.Take(count));
    }

    public readonly void WriteByteString(byte[]? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }

        WriteInt32(value.Length);
        WriteRaw(value);
    }

    /// <summary>Bytes as they are, without a length.</summary>
    public readonly void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(_buffer.Take(bytes.Length));

    public readonly void WriteArrayLength(Array? array) => WriteInt32(array?.Length ?? -1);

    /// <summary>Writes over a number that was written before: a length that is known only at the end.</summary>
    public readonly void PatchInt32(int position, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.Written.Slice(position, 4), value);
}
