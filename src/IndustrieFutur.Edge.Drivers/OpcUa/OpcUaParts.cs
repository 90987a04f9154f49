using System.Globalization;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>A value that feeds one signal or several: elements of an array, fields of a structure. Taken apart once, whoever asks.</summary>
internal sealed class OpcUaParts(Variant whole, OpcUaStructures structures)
{
    /// <summary>The array ends before the element (OPC UA Part 4, 7.39).</summary>
    public const uint BadIndexRangeNoData = 0x8037_0000;

    /// <summary>The structure has no such field.</summary>
    public const uint BadNoMatch = 0x806F_0000;

    /// <summary>Made for the first structure: arrays of numbers have none.</summary>
    private Dictionary<ExtensionObject, (uint Status, IReadOnlyDictionary<string, Variant>? Fields)>? _flattened;

    /// <summary>Good with the part, or why there is none.</summary>
    /// <param name="field">"", "Speed", "Axes[2].Angle", "[3]", "[3].Speed".</param>
    /// <param name="dimensions">The server was asked for one element of an array of so many dimensions, and so sends an array of one; 0: for the whole value.</param>
    /// <param name="part">The part.</param>
    public uint TryTake(string field, int dimensions, out Variant part)
    {
        part = whole;
        if (dimensions > 0 && !TryAnswer(dimensions, out part))
        {
            return BadIndexRangeNoData;
        }

        var rest = field.AsSpan();
        while (rest is ['[', ..])
        {
            var end = rest.IndexOf(']');
            if (!TryElement(part, int.Parse(rest[1..end], CultureInfo.InvariantCulture), out part))
            {
                return BadIndexRangeNoData;
            }

            rest = rest[(end + 1)..];
        }

        rest = rest is ['.', ..] ? rest[1..] : rest;
        var refusal = rest.Length == 0 ? StatusCode.Good : TryField(part, rest.ToString(), out part);
        if (refusal != StatusCode.Good)
        {
            return refusal;
        }

        return part.IsArray ? OpcUaConversion.BadTypeMismatch : StatusCode.Good;
    }

    /// <summary>A number as a notification carries it; 0 for what is none.</summary>
    public static long BitsOf(in Variant scalar) => scalar.Value switch
    {
        double number => BitConverter.DoubleToInt64Bits(number),
        float number => BitConverter.DoubleToInt64Bits(number),
        bool boolean => boolean ? 1 : 0,
        ulong number => (long)number,
        long or int or short or sbyte or uint or ushort or byte => System.Convert.ToInt64(scalar.Value, CultureInfo.InvariantCulture),
        _ => 0,
    };

    /// <summary>A scalar of which the server can take a part: a character, a byte (OPC UA Part 4, 7.27).</summary>
    public static bool HasElements(BuiltInType scalar) => scalar is BuiltInType.String or BuiltInType.ByteString or BuiltInType.Null;

    /// <summary>Servers leave out what they cannot range over, and answer with the whole value: that is not the element, and no good value.</summary>
    private bool TryAnswer(int dimensions, out Variant element)
    {
        element = whole;
        if (!whole.IsArray)
        {
            return HasElements(whole.Type);
        }

        // Texts in an array are counted into as if they were one more dimension, and some servers send an element of a matrix flat.
        return whole.Value is Array { Length: 1 } && (whole.Dimensions is null || whole.Dimensions.Length == dimensions) && TryElement(whole, 0, out element);
    }

    private static bool TryElement(Variant array, int index, out Variant element)
    {
        element = Variant.Null;
        if (!array.IsArray || array.Value is not Array elements || index >= elements.Length)
        {
            return false;
        }

        var value = elements.GetValue(index);
        element = value is Variant inner ? inner : Variant.OfScalar(array.Type, value);
        return true;
    }

    private uint TryField(Variant value, string name, out Variant field)
    {
        field = Variant.Null;
        if (value.IsArray || value.Value is not ExtensionObject structure)
        {
            return OpcUaConversion.BadTypeMismatch;
        }

        _flattened ??= [];
        if (!_flattened.TryGetValue(structure, out var flat))
        {
            flat.Status = structures.TryFlatten(structure, out flat.Fields);
            _flattened.Add(structure, flat);
        }

        if (flat.Fields is null)
        {
            return flat.Status;
        }

        return flat.Fields.TryGetValue(name, out field) ? StatusCode.Good : BadNoMatch;
    }
}
