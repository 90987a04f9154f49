using System.Globalization;
using System.Xml.Linq;

namespace IndustrieFutur.Edge.OpcUa.Generator;

/// <summary>What is taken from the binary schema: the wanted structures and every enumeration they use.</summary>
internal sealed class Schema
{
    private static readonly XNamespace Opc = "http://opcfoundation.org/BinarySchema/";

    private readonly Dictionary<string, XElement> _structures;
    private readonly Dictionary<string, XElement> _enumerations;
    private readonly SortedDictionary<string, Structure> _wanted = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Enumeration> _used = new(StringComparer.Ordinal);

    private Schema(XElement root)
    {
        _structures = root.Elements(Opc + "StructuredType").ToDictionary(NameOf);
        _enumerations = root.Elements(Opc + "EnumeratedType").ToDictionary(NameOf);
    }

    public IReadOnlyDictionary<string, Structure> Structures => _wanted;

    public IReadOnlyDictionary<string, Enumeration> Enumerations => _used;

    public static Schema Read(string file, IReadOnlyDictionary<string, uint> encodings)
    {
        var schema = new Schema(XDocument.Load(file).Root ?? throw new InvalidDataException(file + " is empty."));
        foreach (var (name, id) in encodings)
        {
            schema._wanted[name] = new Structure(name, id, schema.FieldsOf(name));
        }

        return schema;
    }

    private static string NameOf(XElement element) => (string?)element.Attribute("Name") ?? "";

    private static string LocalType(XElement field) => ((string?)field.Attribute("TypeName") ?? "").Split(':')[^1];

    private List<Field> FieldsOf(string structure)
    {
        var elements = _structures[structure].Elements(Opc + "Field").ToList();
        var lengths = elements.Select(field => (string?)field.Attribute("LengthField")).OfType<string>().ToHashSet();
        return [.. elements.Where(field => !lengths.Contains(NameOf(field))).Select(Take)];
    }

    private Field Take(XElement element)
    {
        var type = LocalType(element);
        var isArray = element.Attribute("LengthField") is not null;
        return new Field(NameOf(element), type, isArray, isArray ? 4 : BytesMin(type));
    }

    private int BytesMin(string type)
    {
        if (BuiltIn.Table.TryGetValue(type, out var builtIn))
        {
            return builtIn.BytesMin;
        }

        if (_enumerations.TryGetValue(type, out var element))
        {
            var enumeration = Enumerate(element);
            _used[type] = enumeration;
            return enumeration.Bits / 8;
        }

        return Math.Max(1, FieldsOf(type).Sum(field => field.BytesMin));
    }

    private static Enumeration Enumerate(XElement element) => new(
        NameOf(element),
        int.Parse((string?)element.Attribute("LengthInBits") ?? "32", CultureInfo.InvariantCulture),
        (bool?)element.Attribute("IsOptionSet") ?? false,
        [.. element.Elements(Opc + "EnumeratedValue").Select(value => (NameOf(value), (string?)value.Attribute("Value") ?? "0"))]);
}
