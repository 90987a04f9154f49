using System.Globalization;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>A part of an array, matrix, text or byte string: "3", "2:4", or one of those per dimension, with commas between (OPC UA Part 4, 7.27).</summary>
internal sealed class IndexRange
{
    private const int DimensionsMax = 16;

    private readonly (int First, int Last)[] _dimensions;

    private IndexRange((int First, int Last)[] dimensions) => _dimensions = dimensions;

    /// <summary>False when it is none (BadIndexRangeInvalid); a missing or empty text is no range at all, which is null and right.</summary>
    public static bool TryParse(string? text, out IndexRange? range)
    {
        range = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var parts = text.Split(',', DimensionsMax + 1);
        var dimensions = new (int, int)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (i == DimensionsMax || !TryParseOne(parts[i], out dimensions[i]))
            {
                return false;
            }
        }

        range = new IndexRange(dimensions);
        return true;
    }

    /// <summary>What of the value lies in the range, which may reach beyond its end; a status that is not Good when nothing does.</summary>
    public uint TryRead(Variant value, out Variant part)
    {
        part = Variant.Null;
        if (!TryFit(value, isWhole: false, out var source, out var starts, out var counts))
        {
            return StatusCodes.BadIndexRangeNoData;
        }

        part = value.Value switch
        {
            string text => Variant.Of(text.Substring(starts[0], counts[0])),
            byte[] bytes when !value.IsArray => Variant.OfByteString(bytes.AsSpan(starts[0], counts[0]).ToArray()),
            Array array => Variant.OfArray(value.Type, Cut(array, source, starts, counts), counts.Length > 1 ? counts : null),
            _ => Variant.Null,
        };
        return StatusCodes.Good;
    }

    /// <summary>The old value with the part put in place, which must fit exactly; a status that is not Good when it does not.</summary>
    public uint TryWrite(Variant old, Variant part, out Variant whole)
    {
        whole = Variant.Null;
        if (old.Type != part.Type || old.IsArray != part.IsArray)
        {
            return StatusCodes.BadTypeMismatch;
        }

        if (!TryFit(old, isWhole: true, out var lengths, out var starts, out var counts))
        {
            return StatusCodes.BadIndexRangeNoData;
        }

        if (!LengthsOf(part).AsSpan().SequenceEqual(counts))
        {
            return StatusCodes.BadIndexRangeDataMismatch;
        }

        whole = Joined(old, part, lengths, starts, counts);
        return StatusCodes.Good;
    }

    private static Variant Joined(Variant old, Variant part, int[] lengths, int[] starts, int[] counts)
    {
        switch (old.Value)
        {
            case string text:
                return Variant.Of(string.Concat(text.AsSpan(0, starts[0]), (string)part.Value!, text.AsSpan(starts[0] + counts[0])));
            case byte[] bytes when !old.IsArray:
                var changed = bytes.ToArray();
                ((byte[])part.Value!).CopyTo(changed, starts[0]);
                return Variant.OfByteString(changed);
            default:
                var array = (Array)((Array)old.Value!).Clone();
                Runs(lengths, starts, counts, (at, index, count) => Array.Copy((Array)part.Value!, index, array, at, count));
                return Variant.OfArray(old.Type, array, old.Dimensions);
        }
    }

    private static Array Cut(Array source, int[] lengths, int[] starts, int[] counts)
    {
        var cut = Array.CreateInstance(source.GetType().GetElementType()!, counts.Aggregate(1, (product, count) => product * count));
        Runs(lengths, starts, counts, (at, index, count) => Array.Copy(source, at, cut, index, count));
        return cut;
    }

    /// <summary>The part in pieces that lie together in the whole: where in the whole, where in the part, how many.</summary>
    private static void Runs(int[] lengths, int[] starts, int[] counts, Action<int, int, int> run)
    {
        var last = lengths.Length - 1;
        var at = new int[last + 1];
        for (var index = 0; ; index += counts[last])
        {
            var offset = 0;
            for (var dimension = 0; dimension <= last; dimension++)
            {
                offset = (offset * lengths[dimension]) + starts[dimension] + at[dimension];
            }

            run(offset, index, counts[last]);
            var next = last - 1;
            while (next >= 0 && ++at[next] == counts[next])
            {
                at[next--] = 0;
            }

            if (next < 0)
            {
                return;
            }
        }
    }

    private bool TryFit(Variant value, bool isWhole, out int[] lengths, out int[] starts, out int[] counts)
    {
        lengths = LengthsOf(value);
        starts = new int[_dimensions.Length];
        counts = new int[_dimensions.Length];
        if (lengths.Length != _dimensions.Length)
        {
            return false;
        }

        for (var i = 0; i < lengths.Length; i++)
        {
            var (first, last) = _dimensions[i];
            if (first >= lengths[i] || (isWhole && last >= lengths[i]))
            {
                return false;
            }

            starts[i] = first;
            counts[i] = Math.Min(last, lengths[i] - 1) - first + 1;
        }

        return true;
    }

    /// <summary>None for what has no parts.</summary>
    private static int[] LengthsOf(Variant value) => value.Value switch
    {
        string text when value.Type == BuiltInType.String => [text.Length],
        Array array => value.Dimensions ?? [array.Length],
        _ => [],
    };

    private static bool TryParseOne(string text, out (int First, int Last) range)
    {
        range = default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            var isNumber = TryParseNumber(text, out var index);
            range = (index, index);
            return isNumber;
        }

        var isRange = TryParseNumber(text.AsSpan(0, colon), out var first) & TryParseNumber(text.AsSpan(colon + 1), out var last);
        range = (first, last);
        return isRange && first < last;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < int.MaxValue;
}
