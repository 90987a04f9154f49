using System.Buffers.Binary;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>One value where it lies in the message: numbers as bits, everything else as the bytes that were sent.</summary>
public ref struct NotifiedValue
{
    /// <summary>Null when the server sent no value.</summary>
    public BuiltInType Type { get; internal set; }

    public bool IsArray { get; internal set; }

    /// <summary>
    /// Float and Double as the bits of a double, integers sign- or zero-extended, Boolean 0 or 1, DateTime raw, StatusCode as it is.
    /// Of texts and byte strings the length in bytes, -1 for null; 0 for all others.
    /// </summary>
    public long Bits { get; internal set; }

    /// <summary>
    /// The bytes of a text or byte string, the body of an extension object; of other types and of arrays their encoding after the
    /// Variant's first byte. Empty for numbers.
    /// </summary>
    public ReadOnlySpan<byte> Raw { get; internal set; }

    /// <summary>The whole Variant, for <see cref="UaReader.ReadVariant"/>. Empty for scalars that <see cref="Bits"/> holds.</summary>
    public ReadOnlySpan<byte> Encoded { get; internal set; }

    /// <summary>Raw StatusCode with its info bits (an overflow of the server's queue is 0x80 with info type 0x400).</summary>
    public uint Status { get; internal set; }

    /// <summary>Raw DateTime; 0 = absent.</summary>
    public long SourceTime { get; internal set; }

    /// <summary>Raw DateTime; 0 = absent.</summary>
    public long ServerTime { get; internal set; }

    /// <summary>The values of this item before this one did not fit into the server's queue and are lost (OPC UA Part 4, 7.39).</summary>
    public readonly bool IsOverflow => (Status & Overflow) == Overflow;

    private const uint Overflow = 0x480;

    /// <summary>The number in <see cref="Bits"/> of a Float or Double.</summary>
    public readonly double AsDouble => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>The scalar whose size is known from its type. The caller made sure that the bytes are there.</summary>
    internal static long ReadBits(BuiltInType type, ReadOnlySpan<byte> bytes) => type switch
    {
        BuiltInType.Double or BuiltInType.Int64 or BuiltInType.UInt64 or BuiltInType.DateTime => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        BuiltInType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        BuiltInType.UInt32 or BuiltInType.StatusCode => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BuiltInType.Float => BitConverter.DoubleToInt64Bits(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        BuiltInType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        BuiltInType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        BuiltInType.SByte => (sbyte)bytes[0],
        BuiltInType.Boolean => bytes[0] == 0 ? 0 : 1,
        _ => bytes[0],
    };
}
