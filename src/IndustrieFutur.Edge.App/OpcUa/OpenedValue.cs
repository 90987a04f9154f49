using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Structures;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>A value with its structures opened into fields, where the server tells what they are made of: as text, as JSON, and part by part.</summary>
internal sealed class OpenedValue
{
    /// <summary>Axes, zones, channels: what a cell has several of. A longer array is a curve or a buffer, and no bundle of signals.</summary>
    private const int ElementsMax = 16;

    /// <summary>More than any machine's state; the rest is chosen by hand.</summary>
    private const int FieldsMax = 100;

    /// <summary>What a signal's "index" can name.</summary>
    private const int DimensionsMax = 4;

    private readonly Variant _whole;

    /// <summary>The fields of each structure in it; null for one that is not known.</summary>
    private readonly IReadOnlyDictionary<string, Variant>?[] _structures;

    public OpenedValue(Variant whole, StructureDictionary types)
    {
        _whole = whole;
        ExtensionObject[] structures = whole.Value switch
        {
            ExtensionObject one => [one],
            ExtensionObject[] several => several,
            _ => [],
        };
        _structures = Array.ConvertAll(structures, structure => Open(structure, types));
        Parts = [.. whole.IsArray ? Elements() : Fields("", 0)];
    }

    /// <summary>Empty for a plain value, and for what cannot be taken apart.</summary>
    public IReadOnlyList<BrowsedPart> Parts { get; }

    /// <summary>Which parts are missing; empty when none are.</summary>
    public string Cut { get; private set; } = "";

    public string Text => _structures.Length == 0 ? _whole.ToString()
        : _whole.IsArray ? $"[{string.Join(", ", Enumerable.Range(0, _structures.Length).Select(TextOf))}]"
        : TextOf(0);

    /// <summary>A null structure is an extension object of no type (OPC UA Part 6, 5.2.2.15).</summary>
    public static bool IsNothing(object? value) => value is null or ExtensionObject { TypeId.IsNull: true };

    /// <summary>Numbers, switches and texts as what they are; a structure as an object of its fields by their full names.</summary>
    public JsonNode? ToJson() =>
        _whole.IsArray && _whole.Value is Array array ? new JsonArray([.. Enumerable.Range(0, array.Length).Select(JsonOf)]) : JsonOf(0);

    private static IReadOnlyDictionary<string, Variant>? Open(ExtensionObject? structure, StructureDictionary types)
    {
        try
        {
            return structure is null ? null : types.Decode(structure)?.Flatten();
        }
        catch (UaDecodingException)
        {
            // It is not made of what its server says; it stays closed.
            return null;
        }
    }

    private IEnumerable<BrowsedPart> Elements()
    {
        var length = _whole.Value is Array array && (_whole.Dimensions?.Length ?? 1) <= DimensionsMax ? array.Length : 0;
        if (length > ElementsMax)
        {
            Cut = string.Create(CultureInfo.InvariantCulture, $"array with {length:N0} elements (only the first {ElementsMax})");
        }

        return Enumerable.Range(0, Math.Min(length, ElementsMax))
            .SelectMany(at => _structures.Length > 0 ? Fields(IndexOf(at), at) : [new BrowsedPart(IndexOf(at), "", ElementAt(at))]);
    }

    private IEnumerable<BrowsedPart> Fields(string index, int at)
    {
        if (_structures.Length == 0 || _structures[at] is not { } fields)
        {
            return [];
        }

        var kept = fields.Where(field => !IsFarElement(field.Key)).Take(FieldsMax).ToArray();
        if (kept.Length < fields.Count && Cut.Length == 0)
        {
            Cut = string.Create(
                CultureInfo.InvariantCulture,
                $"structure with {fields.Count:N0} fields and elements (only {kept.Length}: {ElementsMax} of an array, {FieldsMax} in all)");
        }

        return kept.Select(field => new BrowsedPart(index, field.Key, field.Value));
    }

    /// <summary>"Curve[16].X" is beyond what is shown of an array.</summary>
    private static bool IsFarElement(string name) =>
        name.Split('[').Skip(1).Any(rest => int.TryParse(rest.Split(']')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index >= ElementsMax);

    /// <summary>"3", or "1,2" of a matrix, whose elements come row by row (OPC UA Part 6, 5.2.2.16).</summary>
    private string IndexOf(int at)
    {
        var places = new List<int>();
        foreach (var length in (_whole.Dimensions ?? [int.MaxValue]).Reverse())
        {
            // A length of 0 beside elements is a server's mistake.
            places.Insert(0, at % Math.Max(length, 1));
            at /= Math.Max(length, 1);
        }

        return string.Join(',', places.Select(place => place.ToString(CultureInfo.InvariantCulture)));
    }

    private Variant ElementAt(int at) => _whole.Value is not Array array || !_whole.IsArray ? _whole
        : array.GetValue(at) is Variant inner ? inner
        : Variant.OfScalar(_whole.Type, array.GetValue(at));

    private string TextOf(int at) => _structures[at] is { } fields
        ? $"{{{string.Join(", ", fields.Select(field => $"{field.Key}: {field.Value}"))}}}"
        : IsNothing(ElementAt(at).Value) ? ""
        : ElementAt(at).ToString();

    private JsonNode? JsonOf(int at)
    {
        if (_structures.Length == 0 || _structures[at] is not { } fields)
        {
            return Json(ElementAt(at));
        }

        return new JsonObject(fields.Select(field => KeyValuePair.Create(ServerWords.Plain(field.Key), (JsonNode?)Json(field.Value))).DistinctBy(pair => pair.Key));
    }

    private static JsonValue? Json(Variant value) => value switch
    {
        { IsArray: true } => value.Value is null ? null : JsonValue.Create(ServerWords.Plain(value.ToString())),
        _ when IsNothing(value.Value) => null,
        { Value: bool boolean } => JsonValue.Create(boolean),

        // JSON has no word for what is no number.
        { Value: double number } => double.IsFinite(number) ? JsonValue.Create(number) : null,
        { Value: float number } => float.IsFinite(number) ? JsonValue.Create(number) : null,
        { Value: uint status, Type: BuiltInType.StatusCode } => JsonValue.Create(StatusCodes.NameOf(status)),
        { Value: ulong number } => JsonValue.Create(number),
        { Value: sbyte or byte or short or ushort or int or uint or long, Type: not BuiltInType.DateTime } => JsonValue.Create(Convert.ToInt64(value.Value, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(ServerWords.Plain(value.ToString())),
    };
}
