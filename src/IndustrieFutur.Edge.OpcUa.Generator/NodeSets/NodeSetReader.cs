using System.Globalization;
using System.Xml.Linq;

namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>Reads one NodeSet2 file (OPC UA Part 6, Annex F).</summary>
internal sealed class NodeSetReader
{
    /// <summary>The type of the two XML dictionaries of each model, byte strings that DataTypeDefinition has replaced: their bytes are left out.</summary>
    private const uint DataTypeDictionaryType = 72;

    private static readonly XNamespace Xml = NodeSetNames.Xml;

    private readonly List<string> _tableUris;
    private readonly NodeSetNames _names;
    private readonly ValueEncoder _values;
    private readonly TableId _hasTypeDefinition = TableId.Core(40);

    private NodeSetReader(XElement root, List<string> tableUris)
    {
        _tableUris = tableUris;
        _names = new NodeSetNames(root, tableUris);
        _values = new ValueEncoder(_names);
    }

    /// <summary>Reads the file of one model of the table, whose URIs are those in the order of its models.</summary>
    public static Model Read(string file, List<string> tableUris)
    {
        var root = XDocument.Load(file).Root ?? throw new InvalidDataException(file + " is empty.");
        return new NodeSetReader(root, tableUris).Read(root);
    }

    private Model Read(XElement root)
    {
        var model = root.Element(Xml + "Models")!.Elements().Single();
        var elements = root.Elements().Where(element => element.Name.LocalName.StartsWith("UA", StringComparison.Ordinal)).ToList();
        return new Model(
            UriIndex(model),
            [.. model.Elements(Xml + "RequiredModel").Select(UriIndex)],
            [.. elements.Select(ReadNode)],
            [.. elements.SelectMany(ReadReferences).Distinct()],
            _names);
    }

    private static uint[]? Dimensions(string? text) =>
        string.IsNullOrEmpty(text) ? null : [.. text.Split(',').Select(one => uint.Parse(one, CultureInfo.InvariantCulture))];

    private static TableText Text(XElement node, string name)
    {
        var element = node.Element(Xml + name);
        var locale = (string?)element?.Attribute("Locale");
        return new TableText(string.IsNullOrEmpty(locale) ? null : locale, element?.Value.Trim());
    }

    private int UriIndex(XElement model) => _tableUris.IndexOf((string?)model.Attribute("ModelUri") ?? "");

    private TableNode ReadNode(XElement node) => new()
    {
        Element = node.Name.LocalName,
        Id = _names.Id((string?)node.Attribute("NodeId") ?? ""),
        BrowseName = _names.BrowseName((string?)node.Attribute("BrowseName") ?? ""),
        DisplayName = Text(node, "DisplayName"),
        Description = Text(node, "Description"),
        InverseName = Text(node, "InverseName"),
        IsAbstract = (bool?)node.Attribute("IsAbstract") ?? false,
        Symmetric = (bool?)node.Attribute("Symmetric") ?? false,
        EventNotifier = (byte)((int?)node.Attribute("EventNotifier") ?? 0),
        AccessLevel = (byte)((uint?)node.Attribute("AccessLevel") ?? 1),
        DataType = _names.Id((string?)node.Attribute("DataType") ?? "i=24"),
        ValueRank = (int?)node.Attribute("ValueRank") ?? -1,
        ArrayDimensions = Dimensions((string?)node.Attribute("ArrayDimensions")),
        Value = ReadValue(node),
        Definition = node.Element(Xml + "Definition"),
    };

    private byte[]? ReadValue(XElement node)
    {
        var value = node.Element(Xml + "Value")?.Elements().SingleOrDefault();
        var isDictionary = value is not null && ReadReferences(node).Any(
            reference => reference.Type == _hasTypeDefinition && reference.Target == TableId.Core(DataTypeDictionaryType));
        return value is null || isDictionary ? null : _values.Encode(value);
    }

    private IEnumerable<TableReference> ReadReferences(XElement node)
    {
        var id = _names.Id((string?)node.Attribute("NodeId") ?? "");
        foreach (var reference in node.Element(Xml + "References")?.Elements() ?? [])
        {
            var type = _names.Id((string?)reference.Attribute("ReferenceType") ?? "");
            var other = _names.Id(reference.Value);
            yield return (bool?)reference.Attribute("IsForward") ?? true
                ? new TableReference(id, type, other)
                : new TableReference(other, type, id);
        }
    }
}
