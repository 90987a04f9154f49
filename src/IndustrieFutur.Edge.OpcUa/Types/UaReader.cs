using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>
/// Reads OPC UA Binary (OPC UA Part 6, 5.2) out of bytes that nobody vouches for: no length is believed before the bytes are there, and
/// whatever is wrong throws <see cref="UaDecodingException"/>.
/// </summary>
public ref partial struct UaReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly DecodeLimits _limits;
    private int _position;
    private int _depth;

    /// <summary>What the elements still to come of the arrays around need at least: an array among them cannot have it as well.</summary>
    private int _claimed;

    public UaReader(ReadOnlySpan<byte> bytes, DecodeLimits? limits = null)
    {
        _bytes = bytes;
        _limits = limits ?? DecodeLimits.Default;
    }

    public readonly int Position => _position;

    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[_position..];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)(_bytes.Length - _position))
        {
            ThrowEnd(count);
        }

        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        if ((uint)count > (uint)(_bytes.Length - _position))
        {
            ThrowEnd(count);
        }

        _position += count;
    }

    /// <summary>Goes on at a place further on: the end of an extension object whatever was read of it.</summary>
    public void SkipTo(int position) => Skip(position - _position);

    /// <summary>Any byte but 0 is true.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadBoolean() => ReadByte() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public sbyte ReadSByte() => (sbyte)ReadByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte() => Take(1)[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public short ReadInt16() => BinaryPrimitives.ReadInt16LittleEndian(Take(2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>Raw: 100 ns steps since 1601; see <see cref="UaTime"/>.</summary>
    public long ReadDateTime() => ReadInt64();

    public uint ReadStatusCode() => ReadUInt32();

    public Guid ReadGuid() => new(Take(16));

    /// <summary>Null and empty are two things on the wire. Bytes that are no UTF-8 become the replacement character.</summary>
    public string? ReadString()
    {
        var utf8 = ReadUtf8(out var isNull);
        return isNull ? null : Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The bytes of a text where they lie.</summary>
    public ReadOnlySpan<byte> ReadUtf8(out bool isNull) => TakeCounted(_limits.StringBytesMax, out isNull);

    public byte[]? ReadByteString()
    {
        var bytes = ReadBytes(out var isNull);
        return isNull ? null : bytes.ToArray();
    }

    /// <summary>The bytes of a byte string where they lie.</summary>
    public ReadOnlySpan<byte> ReadBytes(out bool isNull) => TakeCounted(_limits.ByteStringBytesMax, out isNull);

    public void SkipString() => ReadUtf8(out _);

    public void SkipByteString() => ReadBytes(out _);

    /// <summary>
    /// The length of an array, -1 for null. It was held against the limit and against the bytes that are left, of which each element
    /// needs so many at least: an array may be made of it. Of what is left, each byte is counted once, however deep arrays lie in arrays;
    /// whoever reads elements that may hold arrays says so with <see cref="Claim"/>.
    /// </summary>
    public int ReadArrayLength(int elementBytesMin)
    {
        var length = ReadInt32();
        if (length < 0)
        {
            return length == -1 ? -1 : throw UaDecodingException.Broken($"An array claims {length} elements.");
        }

        if (length > _limits.ArrayLengthMax)
        {
            throw UaDecodingException.TooMuch($"An array claims {length} elements; {_limits.ArrayLengthMax} are allowed.");
        }

        if ((long)length * elementBytesMin > Unclaimed)
        {
            throw UaDecodingException.Broken($"An array claims {length} elements, but only {Unclaimed} bytes follow for it.");
        }

        return length;
    }

    /// <summary>What is left for an array that begins here.</summary>
    internal readonly int Unclaimed => Remaining - _claimed;

    /// <summary>What the arrays around have claimed: asked before the elements of one are read.</summary>
    internal readonly int Claimed => _claimed;

    /// <summary>Before each element: those after it need so many bytes each. After the last one the claim is what it was before.</summary>
    internal void Claim(int claimedBefore, int elementsAfter, int elementBytesMin) => _claimed = claimedBefore + (elementsAfter * elementBytesMin);

    /// <summary>One level deeper; each <see cref="Enter"/> has its <see cref="Leave"/>.</summary>
    internal void Enter()
    {
        if (++_depth > _limits.DepthMax)
        {
            throw UaDecodingException.TooMuch($"Values are nested more than {_limits.DepthMax} deep.");
        }
    }

    internal void Leave() => _depth--;

    private readonly void ThrowEnd(int count) =>
        throw UaDecodingException.Broken($"The message ends too early: {count} bytes are wanted at {_position}, {Remaining} are left.");

    private ReadOnlySpan<byte> TakeCounted(int bytesMax, out bool isNull)
    {
        var length = ReadInt32();
        isNull = length == -1;
        if (isNull)
        {
            return default;
        }

        if (length < 0)
        {
            throw UaDecodingException.Broken($"A text or byte string claims {length} bytes.");
        }

        return length <= bytesMax
            ? Take(length)
            : throw UaDecodingException.TooMuch($"A text or byte string claims {length} bytes; {bytesMax} are allowed.");
    }
}
