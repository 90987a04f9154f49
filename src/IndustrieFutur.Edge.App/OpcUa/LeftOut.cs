using System.Globalization;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Counts what of a server's variables is not in what was written, and why, so that nobody looks for it in vain.</summary>
internal static class LeftOut
{
    private const string Property = "property (it describes its node; --match chooses properties too)";

    /// <summary>"left out: 3 × ByteString, 1 × array with 10,000 elements (only the first 16)"; empty when nothing is.</summary>
    public static string OfConfiguration(IEnumerable<BrowsedNode> nodes, bool chosenByGlob) =>
        Sentence("left out: ", nodes.Where(node => node.DataType.Length > 0 && !node.IsSeenBefore).SelectMany(node => Reasons(node, chosenByGlob)));

    /// <summary>A table and JSON have each value whole, and not all of its parts.</summary>
    public static string OfParts(IEnumerable<BrowsedNode> nodes) =>
        Sentence("not every part is listed: ", nodes.Where(node => node.PartsCut.Length > 0).Select(node => node.PartsCut));

    private static IEnumerable<string> Reasons(BrowsedNode node, bool chosenByGlob)
    {
        if (node.IsProperty && !chosenByGlob)
        {
            return [Property];
        }

        if (node.SignalType is not null)
        {
            return [];
        }

        if (node.Parts.Count == 0)
        {
            return [node.DataType + node.Closed];
        }

        var parts = node.Parts.Where(part => part.SignalType is null)
            .Select(part => part.CarriedAs is null ? part.DataType + Empty(part) : "field whose name a configuration cannot write");
        return node.PartsCut.Length > 0 ? parts.Append(node.PartsCut) : parts;
    }

    private static string Empty(BrowsedPart part) => part.Value switch
    {
        { IsArray: true, Value: null } => " without a value now",
        { IsArray: true, Value: Array { Length: 0 } } => " that is empty now",
        _ => "",
    };

    private static string Sentence(string begin, IEnumerable<string> reasons)
    {
        var counted = reasons.CountBy(reason => reason).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} × {pair.Key}")).ToArray();
        return counted.Length == 0 ? "" : begin + string.Join(", ", counted);
    }
}
