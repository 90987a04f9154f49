using System.Globalization;
using System.Xml.Linq;

namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>
/// Makes the DataTypeDefinition attribute of a data type, as a Variant in OPC UA Binary (OPC UA Part 3, 8.48 to 8.52): a structure's fields
/// begin with those of its base types, which a NodeSet leaves out.
/// </summary>
internal sealed class DefinitionEncoder
{
    private const byte ExtensionObjectType = 22;
    private const uint StructureEncoding = 122;
    private const uint EnumEncoding = 123;

    private static readonly TableId HasSubtype = TableId.Core(45);
    private static readonly TableId HasEncoding = TableId.Core(38);
    private static readonly TableId Structure = TableId.Core(22);
    private static readonly TableId Union = TableId.Core(12756);
    private static readonly TableId BaseDataType = TableId.Core(24);

    private readonly Dictionary<TableId, (TableNode Node, NodeSetNames Names)> _types = [];
    private readonly Dictionary<TableId, TableId> _bases = [];
    private readonly Dictionary<TableId, TableId> _encodings = [];

    public DefinitionEncoder(IReadOnlyList<Model> models)
    {
        var nodes = models.SelectMany(model => model.Nodes).ToDictionary(node => node.Id);
        foreach (var model in models)
        {
            foreach (var type in model.Nodes.Where(node => node.Element == "UADataType"))
            {
                _types[type.Id] = (type, model.Names);
            }
        }

        foreach (var reference in models.SelectMany(model => model.References))
        {
            if (reference.Type == HasSubtype)
            {
                _bases[reference.Target] = reference.Source;
            }
            else if (reference.Type == HasEncoding && nodes[reference.Target].BrowseName == (0, "Default Binary"))
            {
                _encodings[reference.Source] = reference.Target;
            }
        }
    }

    /// <summary>Null for a type that the files give no definition: a built-in one, an abstract one.</summary>
    public byte[]? Encode(TableNode type)
    {
        if (type.Definition is null)
        {
            return null;
        }

        return WireWriter.Write(writer =>
        {
            writer.Byte(ExtensionObjectType);
            if (IsBelow(type.Id, Structure) && !Flag(type.Definition, "IsOptionSet"))
            {
                writer.ExtensionObject(StructureEncoding, body => WriteStructure(body, type));
            }
            else
            {
                writer.ExtensionObject(EnumEncoding, body => WriteEnumeration(body, type.Definition));
            }
        });
    }

    private static bool Flag(XElement element, string name) => (bool?)element.Attribute(name) ?? false;

    private static TableText Text(XElement field, string name) => new(null, field.Element(NodeSetNames.Xml + name)?.Value.Trim());

    private static void WriteEnumeration(WireWriter writer, XElement definition)
    {
        var fields = definition.Elements().ToList();
        writer.Int32(fields.Count);
        foreach (var field in fields)
        {
            var name = (string?)field.Attribute("Name");
            var display = Text(field, "DisplayName");
            writer.Int64((long?)field.Attribute("Value") ?? -1);
            writer.LocalizedText(display.Text is null ? new TableText(null, name) : display);
            writer.LocalizedText(Text(field, "Description"));
            writer.String(name);
        }
    }

    /// <summary>0 plain, 1 with optional fields, 2 union, 3 and 4 where a field may be of a subtype (Part 3, 8.49).</summary>
    private static int KindOf(bool isUnion, List<(XElement Field, NodeSetNames Names)> fields)
    {
        var allowsSubtypes = fields.Any(one => Flag(one.Field, "AllowSubTypes"));
        return (isUnion, allowsSubtypes) switch
        {
            (true, false) => 2,
            (true, true) => 4,
            (false, true) => 3,
            _ => fields.Any(one => Flag(one.Field, "IsOptional")) ? 1 : 0,
        };
    }

    private void WriteStructure(WireWriter writer, TableNode type)
    {
        var fields = Fields(type.Id).ToList();
        var kind = KindOf(IsBelow(type.Id, Union), fields);
        writer.NodeId(_encodings.GetValueOrDefault(type.Id));
        writer.NodeId(_bases[type.Id]);
        writer.Int32(kind);
        writer.Int32(fields.Count);
        foreach (var (field, names) in fields)
        {
            // With kinds 3 and 4 this flag says that the field may be of a subtype.
            var isOptional = Flag(field, kind >= 3 ? "AllowSubTypes" : "IsOptional");
            WriteField(writer, field, names, isOptional);
        }
    }

    private static void WriteField(WireWriter writer, XElement field, NodeSetNames names, bool isOptional)
    {
        var dimensions = (string?)field.Attribute("ArrayDimensions");
        writer.String((string?)field.Attribute("Name"));
        writer.LocalizedText(Text(field, "Description"));
        writer.NodeId(field.Attribute("DataType") is { } type ? names.Id(type.Value) : BaseDataType);
        writer.Int32((int?)field.Attribute("ValueRank") ?? -1);
        writer.UInt32Array(string.IsNullOrEmpty(dimensions) ? null : [.. dimensions.Split(',').Select(one => uint.Parse(one, CultureInfo.InvariantCulture))]);
        writer.UInt32((uint?)field.Attribute("MaxStringLength") ?? 0);
        writer.Boolean(isOptional);
    }

    /// <summary>Whether a type is that one or below it.</summary>
    private bool IsBelow(TableId type, TableId top)
    {
        while (type != top && _bases.TryGetValue(type, out var above))
        {
            type = above;
        }

        return type == top;
    }

    private IEnumerable<(XElement Field, NodeSetNames Names)> Fields(TableId type)
    {
        var (node, names) = _types[type];
        var own = node.Definition?.Elements().Select(field => (field, names)) ?? [];
        return _bases.TryGetValue(type, out var above) && type != Structure ? Fields(above).Concat(own) : own;
    }
}
