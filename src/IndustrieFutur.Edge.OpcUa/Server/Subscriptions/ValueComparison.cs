using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>Whether two values are the same, and how far apart two numbers are: what a data change filter asks.</summary>
internal static class ValueComparison
{
    public static bool AreEqual(Variant one, Variant other)
    {
        if (one.Type != other.Type || one.IsArray != other.IsArray || !one.Dimensions.AsSpan().SequenceEqual(other.Dimensions))
        {
            return false;
        }

        return one.Value is Array array && other.Value is Array otherArray
            ? AreEqualArrays(array, otherArray)
            : AreEqualScalars(one.Value, other.Value);
    }

    /// <summary>
    /// Whether a number, or any number of an array, is further from the other than the deadband allows; true as well for what cannot be
    /// compared, for that is a change.
    /// </summary>
    public static bool IsBeyond(Variant one, Variant other, double deadband)
    {
        if (one.TryGetDouble(out var number) && other.TryGetDouble(out var otherNumber))
        {
            return IsBeyond(number, otherNumber, deadband);
        }

        return one.Value is Array array && other.Value is Array otherArray && one.Type == other.Type
            ? IsBeyond(array, otherArray, deadband)
            : !AreEqual(one, other);
    }

    /// <summary>Not a number lies beyond everything but itself.</summary>
    private static bool IsBeyond(double number, double other, double deadband) =>
        !(Math.Abs(number - other) <= deadband) && !number.Equals(other);

    private static bool IsBeyond(Array array, Array other, double deadband)
    {
        if (array.Length != other.Length)
        {
            return true;
        }

        for (var i = 0; i < array.Length; i++)
        {
            if (IsBeyond(NumberAt(array, i), NumberAt(other, i), deadband))
            {
                return true;
            }
        }

        return false;
    }

    private static double NumberAt(Array array, int index) => array switch
    {
        double[] doubles => doubles[index],
        float[] floats => floats[index],
        int[] ints => ints[index],
        uint[] uints => uints[index],
        short[] shorts => shorts[index],
        ushort[] ushorts => ushorts[index],
        byte[] bytes => bytes[index],
        sbyte[] sbytes => sbytes[index],
        long[] longs => longs[index],
        ulong[] ulongs => ulongs[index],
        _ => double.NaN,
    };

    private static bool AreEqualArrays(Array one, Array other) => (one, other) switch
    {
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (double[] a, double[] b) => a.AsSpan().SequenceEqual(b),
        (float[] a, float[] b) => a.AsSpan().SequenceEqual(b),
        (int[] a, int[] b) => a.AsSpan().SequenceEqual(b),
        (bool[] a, bool[] b) => a.AsSpan().SequenceEqual(b),
        _ => one.Length == other.Length && AreEqualElements(one, other),
    };

    private static bool AreEqualElements(Array one, Array other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (!AreEqualScalars(one.GetValue(i), other.GetValue(i)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreEqualScalars(object? one, object? other) => (one, other) switch
    {
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (ExtensionObject a, ExtensionObject b) =>
            a.TypeId == b.TypeId && a.Encoding == b.Encoding && a.Body.AsSpan().SequenceEqual(b.Body),
        (DataValue a, DataValue b) => a.Status == b.Status && a.SourceTimestamp == b.SourceTimestamp && AreEqual(a.Value, b.Value),
        (Variant a, Variant b) => AreEqual(a, b),
        _ => Equals(one, other),
    };
}
