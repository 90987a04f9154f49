using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>Compares the operands of a where clause, numbers of different types among them (OPC UA Part 4, 7.7.3); null = cannot be told.</summary>
internal static class FilterComparison
{
    public static bool IsNull(Variant value) => value.Value is null || (value.Value is NodeId { IsNull: true });

    public static bool? AreEqual(Variant one, Variant other)
    {
        if (IsNull(one) || IsNull(other))
        {
            return null;
        }

        return Order(one, other) is { } order ? order == 0 : ValueComparison.AreEqual(Plain(one), Plain(other));
    }

    public static int? Order(Variant one, Variant other)
    {
        if (WholeOf(one) is { } whole && WholeOf(other) is { } otherWhole)
        {
            return whole.CompareTo(otherWhole);
        }

        if (NumberOf(one) is { } number && NumberOf(other) is { } otherNumber)
        {
            return double.IsNaN(number) || double.IsNaN(otherNumber) ? null : number.CompareTo(otherNumber);
        }

        return TextOf(one) is { } text && TextOf(other) is { } otherText ? string.CompareOrdinal(text, otherText) : null;
    }

    /// <summary>A text, also that of a LocalizedText, without its language.</summary>
    public static string? TextOf(Variant value) => value.IsArray ? null : value.Value switch
    {
        string text => text,
        LocalizedText text => text.Text,
        _ => null,
    };

    /// <summary>A whole number, a time or a status, which a double could not hold exactly.</summary>
    public static long? WholeOf(Variant value) => value.IsArray ? null : value.Value switch
    {
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value.Value, CultureInfo.InvariantCulture),
        ulong number when number <= long.MaxValue => (long)number,
        _ => null,
    };

    /// <summary>Any number, and a text that is one.</summary>
    private static double? NumberOf(Variant value)
    {
        if (value.Type != BuiltInType.Boolean && value.TryGetDouble(out var number))
        {
            return number;
        }

        return WholeOf(value) is { } whole ? whole
            : double.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : null;
    }

    private static Variant Plain(Variant value) => value.Value is ExpandedNodeId { NamespaceUri: null, ServerIndex: 0 } id ? Variant.Of(id.Node) : value;
}
