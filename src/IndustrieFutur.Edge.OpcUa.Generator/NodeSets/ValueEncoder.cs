using System.Globalization;
using System.Xml.Linq;

namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>Turns the value of a variable from XML (OPC UA Part 6, 5.3) into a Variant in OPC UA Binary; of structures those that NodeSets hold.</summary>
internal sealed class ValueEncoder(NodeSetNames names)
{
    private const byte IsArray = 0x80;
    private const string ListOf = "ListOf";

    private static readonly Dictionary<string, byte> BuiltInTypes = new()
    {
        ["Boolean"] = 1,
        ["Int32"] = 6,
        ["UInt32"] = 7,
        ["Int64"] = 8,
        ["Double"] = 11,
        ["String"] = 12,
        ["DateTime"] = 13,
        ["QualifiedName"] = 20,
        ["LocalizedText"] = 21,
        ["ExtensionObject"] = 22,
    };

    public byte[] Encode(XElement value)
    {
        var name = value.Name.LocalName;
        var isArray = name.StartsWith(ListOf, StringComparison.Ordinal);
        var type = isArray ? name[ListOf.Length..] : name;
        if (!BuiltInTypes.TryGetValue(type, out var number))
        {
            throw new InvalidDataException($"A value of type {name} is not known to the generator.");
        }

        return WireWriter.Write(writer =>
        {
            writer.Byte((byte)(number | (isArray ? IsArray : 0)));
            if (isArray)
            {
                writer.Int32(value.Elements().Count());
            }

            foreach (var element in isArray ? value.Elements() : [value])
            {
                WriteScalar(writer, type, element);
            }
        });
    }

    private static string? Child(XElement parent, string name) => Element(parent, name)?.Value;

    private static XElement? Element(XElement? parent, string name) => parent?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    private static TableText Text(XElement? element) =>
        element is null ? default : new TableText(Child(element, "Locale") is { Length: > 0 } locale ? locale : null, Child(element, "Text")?.Trim());

    private static uint[]? Dimensions(XElement? element) =>
        element is { HasElements: true } ? [.. element.Elements().Select(one => uint.Parse(one.Value, CultureInfo.InvariantCulture))] : null;

    private static int Int32(string? text, int absent) => text is null ? absent : int.Parse(text, CultureInfo.InvariantCulture);

    private void WriteScalar(WireWriter writer, string type, XElement element)
    {
        switch (type)
        {
            case "Boolean": writer.Boolean((bool)element); break;
            case "Int32": writer.Int32((int)element); break;
            case "UInt32": writer.UInt32((uint)element); break;
            case "Int64": writer.Int64((long)element); break;
            case "Double": writer.Int64(BitConverter.DoubleToInt64Bits((double)element)); break;
            case "String": writer.String(element.Value); break;
            case "DateTime": writer.Int64(((DateTimeOffset)element).UtcDateTime.ToFileTimeUtc()); break;
            case "QualifiedName": WriteName(writer, element); break;
            case "LocalizedText": writer.LocalizedText(Text(element)); break;
            default: WriteStructure(writer, Element(element, "Body")!.Elements().Single()); break;
        }
    }

    private void WriteName(WireWriter writer, XElement element) =>
        writer.QualifiedName(names.Namespace(Int32(Child(element, "NamespaceIndex"), 0)), Child(element, "Name"));

    /// <summary>By the ids of their binary encodings, as in encodings.csv.</summary>
    private void WriteStructure(WireWriter writer, XElement body)
    {
        switch (body.Name.LocalName)
        {
            case "Argument": writer.ExtensionObject(298, fields => WriteArgument(fields, body)); break;
            case "EnumValueType": writer.ExtensionObject(8251, fields => WriteEnumValue(fields, body)); break;
            case "EUInformation": writer.ExtensionObject(889, fields => WriteUnit(fields, body)); break;
            case "Range": writer.ExtensionObject(886, fields => WriteRange(fields, body)); break;
            default: throw new InvalidDataException($"A value of the structure {body.Name.LocalName} is not known to the generator.");
        }
    }

    private void WriteArgument(WireWriter writer, XElement body)
    {
        writer.String(Child(body, "Name"));
        writer.NodeId(names.Id(Child(Element(body, "DataType")!, "Identifier")!));
        writer.Int32(Int32(Child(body, "ValueRank"), -1));
        writer.UInt32Array(Dimensions(Element(body, "ArrayDimensions")));
        writer.LocalizedText(Text(Element(body, "Description")));
    }

    private static void WriteEnumValue(WireWriter writer, XElement body)
    {
        writer.Int64(long.Parse(Child(body, "Value") ?? "0", CultureInfo.InvariantCulture));
        writer.LocalizedText(Text(Element(body, "DisplayName")));
        writer.LocalizedText(Text(Element(body, "Description")));
    }

    private static void WriteUnit(WireWriter writer, XElement body)
    {
        writer.String(Child(body, "NamespaceUri"));
        writer.Int32(Int32(Child(body, "UnitId"), -1));
        writer.LocalizedText(Text(Element(body, "DisplayName")));
        writer.LocalizedText(Text(Element(body, "Description")));
    }

    private static void WriteRange(WireWriter writer, XElement body)
    {
        writer.Int64(BitConverter.DoubleToInt64Bits((double)Element(body, "Low")!));
        writer.Int64(BitConverter.DoubleToInt64Bits((double)Element(body, "High")!));
    }
}
