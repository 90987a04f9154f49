using System.Globalization;
using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Writes what was browsed: as a tree for a person, as CSV for a spreadsheet, as JSON for a script.</summary>
internal static class BrowseText
{
    /// <summary>A value is there to be recognised; a text of a page would hide the tree.</summary>
    private const int ValueLengthMax = 60;

    private const string CsvHead = "path,class,type,node,dataType,value,status,unit,signalType";

    public static void WriteTree(IEnumerable<BrowsedNode> nodes, TextWriter output)
    {
        foreach (var node in nodes)
        {
            output.WriteLine(new string(' ', 2 * node.Depth) + Line(node));
        }
    }

    public static void WriteCsv(IEnumerable<BrowsedNode> nodes, TextWriter output)
    {
        output.WriteLine(CsvHead);
        foreach (var node in nodes)
        {
            string[] fields =
            [
                node.Path, node.NodeClass, node.TypeDefinition, node.Id, node.DataType, node.Value,
                node.DataType.Length > 0 ? StatusName(node.Status) : "", node.Unit, node.SignalType ?? "",
            ];
            output.WriteLine(string.Join(',', fields.Select(Quote)));
        }
    }

    public static string ToJson(IEnumerable<BrowsedNode> nodes) => new JsonArray([.. nodes.Select(Describe)]).ToJsonString();

    private static string Line(BrowsedNode node)
    {
        var type = node.TypeDefinition.Length > 0 && node.DataType.Length == 0 ? $" ({node.TypeDefinition})" : "";
        var value = node.DataType.Length == 0 ? "" : $" : {node.DataType} = {Short(node.Value)}{(node.Unit.Length > 0 ? " " + node.Unit : "")}{Doubt(node.Status)}";
        var again = node.IsSeenBefore ? "  (voir plus haut / see above)" : "";
        return $"{node.Name}{type}{value}  [{node.Id}]{again}";
    }

    private static JsonNode Describe(BrowsedNode node)
    {
        var json = new JsonObject { ["path"] = node.Path, ["class"] = node.NodeClass, ["type"] = node.TypeDefinition, ["node"] = node.Id, ["name"] = node.DisplayName };
        if (node.DataType.Length > 0)
        {
            json["dataType"] = node.DataType;
            json["value"] = node.Value;
            json["status"] = StatusName(node.Status);
            json["unit"] = node.Unit;
            json["signalType"] = node.SignalType;
        }

        return json;
    }

    private static string Doubt(uint status) => status == 0 ? "" : $" ({StatusName(status)})";

    private static string StatusName(uint status) => string.Create(CultureInfo.InvariantCulture, $"0x{status:X8}");

    private static string Short(string value)
    {
        var line = value.ReplaceLineEndings(" ");
        return line.Length <= ValueLengthMax ? line : line[..(ValueLengthMax - 3)] + "...";
    }

    /// <summary>RFC 4180; a cell that begins like a formula gets an apostrophe, because the server chose the text and a spreadsheet would run it.</summary>
    private static string Quote(string field)
    {
        var isFormula = field.Length > 0 && field[0] is '=' or '@' or '+' or '-' && !double.TryParse(field, CultureInfo.InvariantCulture, out _);
        var text = isFormula ? "'" + field : field;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
