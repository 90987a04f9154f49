using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa.Orders;

/// <summary>From the doubles of an order to what is written: exactly that number, or nothing.</summary>
internal static class OpcUaNumbers
{
    /// <summary>2^53: a double tells each whole number from the next up to here.</summary>
    private const double WholeMax = 9_007_199_254_740_992;

    public static BuiltInType WireTypeOf(OpcUaNumber number) => number switch
    {
        OpcUaNumber.Bool => BuiltInType.Boolean,
        OpcUaNumber.I8 => BuiltInType.SByte,
        OpcUaNumber.U8 => BuiltInType.Byte,
        OpcUaNumber.I16 => BuiltInType.Int16,
        OpcUaNumber.U16 => BuiltInType.UInt16,
        OpcUaNumber.I32 => BuiltInType.Int32,
        OpcUaNumber.U32 => BuiltInType.UInt32,
        OpcUaNumber.I64 => BuiltInType.Int64,
        OpcUaNumber.U64 => BuiltInType.UInt64,
        OpcUaNumber.F32 => BuiltInType.Float,
        _ => BuiltInType.Double,
    };

    public static bool Takes(OpcUaNumber number, double value) => number switch
    {
        OpcUaNumber.F64 => double.IsFinite(value),
        OpcUaNumber.F32 => float.IsFinite((float)value),
        _ => Math.Truncate(value) == value && value >= LowOf(number) && value <= HighOf(number),
    };

    /// <summary>False for a number that the type does not hold: it is not clamped, and not rounded but to a Float's digits.</summary>
    public static bool TryWrap(OpcUaNumber number, double value, out Variant wrapped)
    {
        wrapped = Variant.Null;
        if (!Takes(number, value))
        {
            return false;
        }

        wrapped = number switch
        {
            OpcUaNumber.Bool => Variant.Of(value != 0),
            OpcUaNumber.I8 => Variant.Of((sbyte)value),
            OpcUaNumber.U8 => Variant.Of((byte)value),
            OpcUaNumber.I16 => Variant.Of((short)value),
            OpcUaNumber.U16 => Variant.Of((ushort)value),
            OpcUaNumber.I32 => Variant.Of((int)value),
            OpcUaNumber.U32 => Variant.Of((uint)value),
            OpcUaNumber.I64 => Variant.Of((long)value),
            OpcUaNumber.U64 => Variant.Of((ulong)value),
            OpcUaNumber.F32 => Variant.Of((float)value),
            _ => Variant.Of(value),
        };
        return true;
    }

    private static double LowOf(OpcUaNumber number) => number switch
    {
        OpcUaNumber.I8 => sbyte.MinValue,
        OpcUaNumber.I16 => short.MinValue,
        OpcUaNumber.I32 => int.MinValue,
        OpcUaNumber.I64 => -WholeMax,
        _ => 0,
    };

    private static double HighOf(OpcUaNumber number) => number switch
    {
        OpcUaNumber.Bool => 1,
        OpcUaNumber.I8 => sbyte.MaxValue,
        OpcUaNumber.U8 => byte.MaxValue,
        OpcUaNumber.I16 => short.MaxValue,
        OpcUaNumber.U16 => ushort.MaxValue,
        OpcUaNumber.I32 => int.MaxValue,
        OpcUaNumber.U32 => uint.MaxValue,
        _ => WholeMax,
    };
}
