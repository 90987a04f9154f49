using System.Globalization;
using System.Text.RegularExpressions;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>The list of what is worth reading in a cobot cell, <c>cobot-cell-signals.csv</c>, a line each.</summary>
internal sealed partial record SignalList(string Id, string Device, string Type, string Unit, double? Low, double? High, int ScanMillis, double Deadband, string Publish)
{
    private const int Columns = 11;

    /// <summary>What the list calls a unit and is none: how a number is to be read.</summary>
    private static readonly string[] NoUnits = ["enum", "bits", "code", "count", "id"];

    public string EngineeringUnit => NoUnits.Contains(Unit) ? "" : Unit;

    /// <summary>A range that says more than the type does.</summary>
    public bool IsRanged => Low is not null && Type != "bool" && High is not (uint.MaxValue or ushort.MaxValue);

    /// <summary>It is sent when it has changed by so much, whatever else is done with it first.</summary>
    public bool HasDeadband => Publish is not ("event" or "none");

    /// <summary>It comes when something happens, and not by the clock.</summary>
    public bool IsEvent => Publish == "event";

    /// <summary>It is read often and sent as one value a second.</summary>
    public bool IsAggregated => Publish.StartsWith("agg1s", StringComparison.Ordinal);

    public static IReadOnlyList<SignalList> Read()
    {
        var file = Path.Combine(Repository.Root, "tests", "IndustrieFutur.Edge.Tests", "App", "Configuration", "cobot-cell-signals.csv");
        return [.. File.ReadLines(file).Skip(1).Select(Parse)];
    }

    private static SignalList Parse(string line)
    {
        var fields = Field().Matches(line).Select(match => match.Groups["text"].Value.Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal)).ToArray();
        Assert.True(fields.Length == Columns, $"{fields.Length} fields in: {line}");
        return new SignalList(fields[0], fields[1], fields[3], fields[4], Number(fields[5]), Number(fields[6]), (int)(Number(fields[7]) ?? 0), Number(fields[8]) ?? 0, fields[9]);
    }

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("(?:^|,)(?<text>\"(?:[^\"]|\"\")*\"|[^,\"]*)(?=,|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Field();
}
