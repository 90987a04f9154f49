using System.Buffers.Binary;

namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>
/// Writes the primitives of protocol buffers into bytes it is given, without allocating. The caller has made sure that they fit.
/// Every field is written, zero or not: Sparkplug's schema is proto2, where presence matters.
/// </summary>
[HotPath]
public ref struct ProtoWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that the value takes: one for each seven bits begun.</summary>
    public static int VarintBytes(ulong value) => (70 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) / 7;

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[Length++] = (byte)value;
    }

    /// <summary>A field's number and how its value is laid out, in the one byte that numbers up to 15 take.</summary>
    public void Tag(int field, ProtoWire wire) => _buffer[Length++] = (byte)((field << 3) | (int)wire);

    public void Fixed64(long bits)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer[Length..], bits);
        Length += sizeof(long);
    }

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }
}
