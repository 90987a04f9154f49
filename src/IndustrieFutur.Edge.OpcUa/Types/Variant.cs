using System.Collections;
using System.Globalization;

namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>
/// A value that says its type (OPC UA Part 6, 5.2.2.16). Boxed, so for requests and tools only: values that stream by are read by the
/// notification decoder.
/// </summary>
/// <remarks>
/// A DateTime is a raw <c>long</c>, a StatusCode a <c>uint</c>, a ByteString <c>byte[]</c>, an XmlElement a <c>string</c>; arrays are
/// arrays of those (an array of Byte is <c>byte[]</c> as well, told apart by <see cref="IsArray"/>).
/// </remarks>
public readonly struct Variant
{
    public static readonly Variant Null;

    private Variant(BuiltInType type, bool isArray, object? value, int[]? dimensions)
    {
        Type = type;
        IsArray = isArray;
        Value = value;
        Dimensions = dimensions;
    }

    public BuiltInType Type { get; }

    public bool IsArray { get; }

    /// <summary>The value, or the array; null for a null text, byte string or array.</summary>
    public object? Value { get; }

    /// <summary>The lengths of a matrix' dimensions, their product is the array's length; null for a plain array.</summary>
    public int[]? Dimensions { get; }

    public bool IsNull => Type == BuiltInType.Null;

    public static Variant Of(bool value) => new(BuiltInType.Boolean, false, value, null);

    public static Variant Of(sbyte value) => new(BuiltInType.SByte, false, value, null);

    public static Variant Of(byte value) => new(BuiltInType.Byte, false, value, null);

    public static Variant Of(short value) => new(BuiltInType.Int16, false, value, null);

    public static Variant Of(ushort value) => new(BuiltInType.UInt16, false, value, null);

    public static Variant Of(int value) => new(BuiltInType.Int32, false, value, null);

    public static Variant Of(uint value) => new(BuiltInType.UInt32, false, value, null);

    public static Variant Of(long value) => new(BuiltInType.Int64, false, value, null);

    public static Variant Of(ulong value) => new(BuiltInType.UInt64, false, value, null);

    public static Variant Of(float value) => new(BuiltInType.Float, false, value, null);

    public static Variant Of(double value) => new(BuiltInType.Double, false, value, null);

    public static Variant Of(string? value) => new(BuiltInType.String, false, value, null);

    public static Variant Of(Guid value) => new(BuiltInType.Guid, false, value, null);

    public static Variant Of(NodeId value) => new(BuiltInType.NodeId, false, value, null);

    public static Variant Of(QualifiedName value) => new(BuiltInType.QualifiedName, false, value, null);

    public static Variant Of(LocalizedText value) => new(BuiltInType.LocalizedText, false, value, null);

    public static Variant Of(ExtensionObject value) => new(BuiltInType.ExtensionObject, false, value, null);

    /// <summary>A raw DateTime, see <see cref="UaTime"/>.</summary>
    public static Variant OfDateTime(long value) => new(BuiltInType.DateTime, false, value, null);

    public static Variant OfStatusCode(uint value) => new(BuiltInType.StatusCode, false, value, null);

    public static Variant OfByteString(byte[]? value) => new(BuiltInType.ByteString, false, value, null);

    /// <summary>A scalar whose CLR type is the one that <paramref name="type"/> has here; checked when it is encoded.</summary>
    public static Variant OfScalar(BuiltInType type, object? value) => new(type, false, value, null);

    /// <summary>An array, or a matrix in row order, of the CLR type that <paramref name="type"/> has here; checked when it is encoded.</summary>
    public static Variant OfArray(BuiltInType type, Array? value, int[]? dimensions = null) => new(type, true, value, dimensions);

    /// <summary>A number or Boolean as a double: a whole number beyond 2^53 loses digits; false for everything else.</summary>
    public bool TryGetDouble(out double number)
    {
        var isNumber = !IsArray && Type is >= BuiltInType.Boolean and <= BuiltInType.Double && Value is not null;
        number = isNumber ? Convert.ToDouble(Value, CultureInfo.InvariantCulture) : 0;
        return isNumber;
    }

    /// <summary>For people: numbers without culture, times in ISO 8601, arrays in brackets.</summary>
    public override string ToString() =>
        IsArray ? "[" + string.Join(", ", ((IEnumerable?)Value ?? Array.Empty<object>()).Cast<object?>().Select(Text)) + "]" : Text(Value);

    private string Text(object? value) => value switch
    {
        null => "",
        bool boolean => boolean ? "true" : "false",
        long time when Type == BuiltInType.DateTime => UaTime.ToDateTime(time).ToString("O", CultureInfo.InvariantCulture),
        uint status when Type == BuiltInType.StatusCode => "0x" + status.ToString("X8", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        ExtensionObject extension => $"{{{extension.TypeId}, {extension.Body?.Length ?? 0} bytes}}",
        DataValue inner => inner.Value.ToString(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
