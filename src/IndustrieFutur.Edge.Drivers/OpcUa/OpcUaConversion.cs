using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>From the number that a server sends to the kind that the plan fixed; what does not fit is a status, never another number.</summary>
internal static class OpcUaConversion
{
    /// <summary>The value is of another type than the plan expects (OPC UA Part 4, 7.39).</summary>
    public const uint BadTypeMismatch = 0x8074_0000;

    /// <summary>2^63: the first double that no long holds.</summary>
    private const double LongEnd = 9_223_372_036_854_775_808.0;

    /// <summary>2^64.</summary>
    private const double UnsignedEnd = 18_446_744_073_709_551_616.0;

    public static bool IsNumber(BuiltInType type) => type is >= BuiltInType.Boolean and <= BuiltInType.Double or BuiltInType.DateTime or BuiltInType.StatusCode;

    /// <summary>Converts bits as a notification carries them; returns Good, or why not.</summary>
    public static uint Convert(BuiltInType type, long bits, ValueKind kind, out long converted)
    {
        converted = bits;
        if (type is BuiltInType.Float or BuiltInType.Double)
        {
            return FromDouble(BitConverter.Int64BitsToDouble(bits), kind, ref converted);
        }

        if (type == BuiltInType.DateTime)
        {
            converted = UaTime.ToUtcNanos(bits);
            return kind == ValueKind.Int64 ? StatusCode.Good : BadTypeMismatch;
        }

        return IsNumber(type) ? FromWhole(type, bits, kind, ref converted) : BadTypeMismatch;
    }

    private static uint FromWhole(BuiltInType type, long bits, ValueKind kind, ref long converted)
    {
        var isBeyondLong = type == BuiltInType.UInt64 && bits < 0;
        switch (kind)
        {
            case ValueKind.Float64:
                converted = BitConverter.DoubleToInt64Bits(isBeyondLong ? (ulong)bits : bits);
                return StatusCode.Good;
            case ValueKind.Int64:
                return isBeyondLong ? StatusCode.BadOutOfRange : StatusCode.Good;
            case ValueKind.UInt64:
                return bits < 0 && !isBeyondLong ? StatusCode.BadOutOfRange : StatusCode.Good;
            case ValueKind.Boolean:
                converted = bits != 0 ? 1 : 0;
                return StatusCode.Good;
            default:
                return BadTypeMismatch;
        }
    }

    private static uint FromDouble(double value, ValueKind kind, ref long converted)
    {
        if (kind == ValueKind.Float64)
        {
            return StatusCode.Good;
        }

        if (kind is not (ValueKind.Int64 or ValueKind.UInt64) || Math.Truncate(value) != value)
        {
            return BadTypeMismatch;
        }

        var isSigned = kind == ValueKind.Int64;
        if (!(value >= (isSigned ? -LongEnd : 0) && value < (isSigned ? LongEnd : UnsignedEnd)))
        {
            return StatusCode.BadOutOfRange;
        }

        converted = isSigned ? (long)value : (long)(ulong)value;
        return StatusCode.Good;
    }
}
