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
    /// <param name="isElement">The server was asked for one element and so sends an array of one.</param>
    /// <param name="part">The part.</param>
    public uint TryTake(string field, bool isElement, out Variant part)
    {
        part = whole;
        if (isElement && part.IsArray && !TryElement(part, 0, out part))
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
