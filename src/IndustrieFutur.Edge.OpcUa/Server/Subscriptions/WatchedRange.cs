using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The part of an array, a matrix, a text or a byte string that a client watches (NumericRange, OPC UA Part 4, 7.27).</summary>
internal sealed class WatchedRange
{
    /// <summary>More dimensions than any plant's matrix has.</summary>
    private const int DimensionsMax = 8;

    private static readonly DataValue NoData = UaNode.Refusal(StatusCodes.BadIndexRangeNoData);

    private readonly (int Low, int High)[] _bounds;

    private WatchedRange((int Low, int High)[] bounds) => _bounds = bounds;

    /// <summary>Null for an empty text, which means all; false for a text that is no range.</summary>
    public static bool TryParse(string? text, out WatchedRange? range)
    {
        range = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var parts = text.Split(',', DimensionsMax + 1);
        var bounds = new (int Low, int High)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (i == DimensionsMax || !TryParseBounds(parts[i], out bounds[i]))
            {
                return false;
            }
        }

        range = new WatchedRange(bounds);
        return true;
    }

    /// <summary>The value with that part of it only; BadIndexRangeNoData when it has no such part.</summary>
    public DataValue Of(DataValue value)
    {
        if (value.Value.Value is null)
        {
            return value;
        }

        return Of(value.Value) is { } part
            ? new DataValue(part)
            {
                Fields = value.Fields,
                Status = value.Status,
                SourceTimestamp = value.SourceTimestamp,
                SourcePicoseconds = value.SourcePicoseconds,
            }
            : NoData;
    }

    /// <summary>Null when the value has no such part.</summary>
    public Variant? Of(Variant value) => value switch
    {
        { IsArray: true, Value: Array array } => OfArray(value, array),
        { Value: string text } when Single(text.Length) is var (low, count) => Variant.OfScalar(value.Type, text.Substring(low, count)),
        { Value: byte[] bytes } when Single(bytes.Length) is var (low, count) => Variant.OfByteString(bytes[low..(low + count)]),
        _ => null,
    };

    private static bool TryParseBounds(string text, out (int Low, int High) bounds)
    {
        var colon = text.IndexOf(':');
        var isLow = int.TryParse(colon < 0 ? text : text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var low);
        var high = low;
        var isHigh = colon < 0
            || (int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out high) && high > low);
        bounds = (low, high);
        return isLow && isHigh;
    }

    private Variant? OfArray(Variant value, Array array)
    {
        int[] lengths = value.Dimensions ?? [array.Length];
        if (lengths.Length != _bounds.Length)
        {
            return null;
        }

        var counts = new int[lengths.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            if (Within(_bounds[i], lengths[i]) is not { } part)
            {
                return null;
            }

            counts[i] = part.Count;
        }

        return Variant.OfArray(value.Type, Cut(array, lengths, counts), value.Dimensions is null ? null : counts);
    }

    private Array Cut(Array array, int[] lengths, int[] counts)
    {
        var total = counts.Aggregate(1, (product, count) => product * count);
        var cut = Array.CreateInstance(array.GetType().GetElementType()!, total);
        for (var i = 0; i < total; i++)
        {
            Array.Copy(array, SourceIndex(i, lengths, counts), cut, i, 1);
        }

        return cut;
    }

    /// <summary>Where the i-th element of the part lies in the whole, both in row order.</summary>
    private int SourceIndex(int index, int[] lengths, int[] counts)
    {
        var source = 0;
        var stride = 1;
        for (var dimension = lengths.Length - 1; dimension >= 0; dimension--)
        {
            source += (_bounds[dimension].Low + (index % counts[dimension])) * stride;
            index /= counts[dimension];
            stride *= lengths[dimension];
        }

        return source;
    }

    private (int Low, int Count)? Single(int length) => _bounds.Length == 1 ? Within(_bounds[0], length) : null;

    private static (int Low, int Count)? Within((int Low, int High) bounds, int length) =>
        bounds.Low < length ? (bounds.Low, Math.Min(bounds.High, length - 1) - bounds.Low + 1) : null;
}
