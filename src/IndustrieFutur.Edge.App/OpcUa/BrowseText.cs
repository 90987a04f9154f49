using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Writes what was browsed: as a tree for a person, as CSV for a spreadsheet, as JSON for a script.</summary>
internal static class BrowseText
{
    /// <summary>A value is there to be recognised; a text of a page would hide the tree.</summary>
    private const int ValueLengthMax = 60;

    /// <summary>A structure that is a property has no lines for its fields; all of a unit or a range fits.</summary>
    private const int StructureLengthMax = 200;

    private const string CsvHead = "path,class,type,node,dataType,value,status,unit,signalType,index,field";

    public static void WriteTree(IEnumerable<BrowsedNode> nodes, TextWriter output)
    {
        foreach (var node in nodes)
        {
            output.WriteLine(new string(' ', 2 * node.Depth) + Line(node));
            foreach (var line in node.Parts.Select(PartLine).Concat(node.PartsCut.Length > 0 ? [$"({node.PartsCut})"] : []))
            {
                output.WriteLine(new string(' ', (2 * node.Depth) + 2) + line);
            }
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
                node.DataType.Length > 0 ? StatusCodes.NameOf(node.Status) : "", node.Unit, node.SignalType ?? "", "", "",
            ];
            output.WriteLine(string.Join(',', fields.Select(Quote)));
            foreach (var part in node.Parts)
            {
                output.WriteLine(string.Join(',', Row(node, part).Select(Quote)));
            }
        }
    }

    public static string ToJson(IEnumerable<BrowsedNode> nodes) => new JsonArray([.. nodes.Select(Describe)]).ToJsonString();

    private static string[] Row(BrowsedNode node, BrowsedPart part) =>
    [
        node.Path + ServerWords.Plain(part.Name), part.Field.Length > 0 ? "Field" : "Element", "", node.Id, part.DataType, part.Text,
        StatusCodes.NameOf(node.Status), part.Field.Length > 0 ? "" : node.Unit, part.SignalType ?? "", part.Index, ServerWords.Plain(part.Field),
    ];

    private static string PartLine(BrowsedPart part) => $"{ServerWords.Plain(part.Name)} : {part.DataType} = {Short(part.Text, ValueLengthMax)}";

    private static string Line(BrowsedNode node)
    {
        var type = node.TypeDefinition.Length > 0 && node.DataType.Length == 0 ? $" ({node.TypeDefinition})" : "";
        var value = node.DataType.Length == 0 ? "" : $" : {node.DataType} = {Short(node.Value, node.Value.StartsWith('{') && node.Parts.Count == 0 ? StructureLengthMax : ValueLengthMax)}{(node.Unit.Length > 0 ? " " + node.Unit : "")}{Doubt(node.Status)}";
        var again = node.IsSeenBefore ? "  (voir plus haut / see above)" : "";
        return $"{node.Name}{type}{value}  [{node.Id}]{again}";
    }

    private static JsonNode Describe(BrowsedNode node)
    {
        var json = new JsonObject { ["path"] = node.Path, ["class"] = node.NodeClass, ["type"] = node.TypeDefinition, ["node"] = node.Id, ["name"] = node.DisplayName };
        if (node.DataType.Length > 0)
        {
            json["dataType"] = node.DataType;
            json["value"] = node.Json?.DeepClone();
            json["quality"] = StatusCodes.NameOf(node.Status);
            json["status"] = node.Status;
            json["unit"] = node.Unit;
            json["signalType"] = node.SignalType;
            if (node.Parts.Count > 0)
            {
                json["parts"] = new JsonArray([.. node.Parts.Select(Describe)]);
            }
        }

        return json;
    }

    /// <summary>How a signal would name it; what it says stands in the value of the whole.</summary>
    private static JsonNode Describe(BrowsedPart part)
    {
        var json = new JsonObject();
        if (part.Index.Length > 0)
        {
            json["index"] = part.Index;
        }

        if (part.Field.Length > 0)
        {
            json["field"] = ServerWords.Plain(part.Field);
        }

        json["dataType"] = part.DataType;
        json["signalType"] = part.SignalType;
        return json;
    }

    private static string Doubt(uint status) => status == 0 ? "" : $" ({StatusCodes.NameOf(status)})";

    private static string Short(string value, int lengthMax)
    {
        var line = value.ReplaceLineEndings(" ");
        return line.Length <= lengthMax ? line : line[..(lengthMax - 3)] + "...";
    }

    /// <summary>RFC 4180; a cell that begins like a formula gets an apostrophe, because the server chose the text and a spreadsheet would run it.</summary>
    private static string Quote(string field)
    {
        var isFormula = field.Length > 0 && field[0] is '=' or '@' or '+' or '-' && !double.TryParse(field, CultureInfo.InvariantCulture, out _);
        var text = isFormula ? "'" + field : field;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
