using System.Globalization;
using System.Xml.Linq;

namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>Turns the ids and names of one NodeSet file, whose namespace indexes and aliases are its own, into those of the table.</summary>
internal sealed class NodeSetNames
{
    public static readonly XNamespace Xml = "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd";

    private readonly int[] _namespaces;
    private readonly Dictionary<string, string> _aliases;

    public NodeSetNames(XElement root, List<string> tableUris)
    {
        var uris = root.Element(Xml + "NamespaceUris")?.Elements().Select(uri => uri.Value) ?? [];
        _namespaces = [0, .. uris.Select(uri => IndexOf(tableUris, uri))];
        _aliases = root.Element(Xml + "Aliases")?.Elements().ToDictionary(alias => (string?)alias.Attribute("Alias") ?? "", alias => alias.Value) ?? [];
    }

    public int Namespace(int fileIndex) => _namespaces[fileIndex];

    /// <summary>An id as a file writes it: "HasComponent", "i=85", "ns=1;i=1004". All ids of the models taken are numbers.</summary>
    public TableId Id(string text)
    {
        text = _aliases.GetValueOrDefault(text.Trim(), text.Trim());
        var space = 0;
        if (text.StartsWith("ns=", StringComparison.Ordinal))
        {
            var end = text.IndexOf(';', StringComparison.Ordinal);
            space = int.Parse(text[3..end], CultureInfo.InvariantCulture);
            text = text[(end + 1)..];
        }

        return text.StartsWith("i=", StringComparison.Ordinal)
            ? new TableId(Namespace(space), uint.Parse(text[2..], CultureInfo.InvariantCulture))
            : throw new InvalidDataException($"The id {text} is not numeric: the table has no place for it.");
    }

    public (int Namespace, string Name) BrowseName(string text)
    {
        var end = text.IndexOf(':', StringComparison.Ordinal);
        return end > 0 && int.TryParse(text[..end], CultureInfo.InvariantCulture, out var space)
            ? (Namespace(space), text[(end + 1)..])
            : (0, text);
    }

    private static int IndexOf(List<string> uris, string uri)
    {
        var index = uris.IndexOf(uri);
        return index >= 0 ? index : throw new InvalidDataException($"The namespace {uri} is not among the models of the table.");
    }
}
