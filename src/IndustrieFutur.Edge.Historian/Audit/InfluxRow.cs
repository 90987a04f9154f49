using System.Text.Json;

namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>One row of an answer of InfluxDB: its series' tags, and its columns by name.</summary>
internal sealed class InfluxRow(IReadOnlyDictionary<string, string> tags, IReadOnlyDictionary<string, string> columns)
{
    public IReadOnlyDictionary<string, string> Tags => tags;

    public static IEnumerable<InfluxRow> Read(JsonElement result)
    {
        if (!result.TryGetProperty("series", out var all))
        {
            yield break;
        }

        foreach (var series in all.EnumerateArray())
        {
            var tags = series.TryGetProperty("tags", out var named)
                ? named.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "")
                : [];
            var names = series.GetProperty("columns").EnumerateArray().Select(name => name.GetString() ?? "").ToArray();
            foreach (var values in series.GetProperty("values").EnumerateArray())
            {
                yield return new InfluxRow(tags, names.Zip(values.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second.ToString()));
            }
        }
    }

    /// <summary>A column as text; empty when it is not there.</summary>
    public string Text(string column) => columns.GetValueOrDefault(column, "").ToLowerInvariant();

    /// <summary>A column as a whole number; 0 when it is none.</summary>
    public long Number(string column) => long.TryParse(Text(column), out var number) ? number : 0;
}
