using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>Which streams a historian takes: <c>group/edge/device</c> each, <c>+</c> standing for any; all when none is named.</summary>
public sealed class StreamFilter
{
    private readonly string[][] _patterns;

    public StreamFilter(IReadOnlyList<string> streams) =>
        _patterns = streams.Count == 0 ? [["+", "+", "+"]] : [.. streams.Select(stream => stream.Split('/'))];

    public IEnumerable<string> TelemetryTopics => _patterns.Select(parts => $"{EdgeTopics.Root}/{parts[0]}/{parts[1]}/{parts[2]}/telemetry");

    public IEnumerable<string> MetaTopics => _patterns.Select(parts => $"{EdgeTopics.Root}/{parts[0]}/{parts[1]}/{parts[2]}/meta");

    public IEnumerable<string> HeadTopics => _patterns.Select(parts => $"{EdgeTopics.Root}/{parts[0]}/{parts[1]}/head").Distinct();

    public static bool IsPattern(string text) =>
        text.Split('/') is { Length: 3 } parts && parts.All(part => part == "+" || (part.Length > 0 && part.IndexOfAny(['+', '#']) < 0));

    public bool Takes(StreamKey stream) => Array.Exists(
        _patterns, parts => Fits(parts[0], stream.Group) && Fits(parts[1], stream.Edge) && Fits(parts[2], stream.Device));

    private static bool Fits(string pattern, string name) => pattern == "+" || pattern == name;
}
