using System.Text.Json;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Reads back what a VictoriaMetrics has stored, whoever runs it.</summary>
internal sealed class VictoriaReader(Uri url)
{
    private static readonly HttpClient Http = new();

    /// <summary>Points per signal ("device/signal"). Every sample has a status, so statuses are what is counted.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountBySignalAsync(CancellationToken cancellation)
    {
        var points = await ReadAllAsync(cancellation);
        return points.GroupBy(point => point.Key).ToDictionary(group => group.Key, group => group.LongCount(point => point.Status is not null));
    }

    /// <summary>Every point, by signal and time: the value and the status are two series there, joined here by their time.</summary>
    public async Task<IReadOnlyList<StoredPoint>> ReadAllAsync(CancellationToken cancellation)
    {
        // A read soon after the first write shows nothing, for up to 10 s; the flush makes what was written visible at once.
        using (var flushed = await Http.GetAsync(new Uri(url, "/internal/force_flush"), cancellation))
        {
            flushed.EnsureSuccessStatusCode();
        }

        // Without an end it is the last whole second, and the newest points would be left out.
        var end = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var match = Uri.EscapeDataString("{__name__=~\"telemetry_[vibsq]\"}");
        var lines = await Http.GetStringAsync(new Uri(url, $"/api/v1/export?match[]={match}&start=0&end={end}"), cancellation);
        var points = new Dictionary<(string Device, string Signal, long UtcNanos), StoredPoint>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var series = JsonDocument.Parse(line);
            Join(points, series.RootElement);
        }

        return [.. points.Values.OrderBy(point => point.Key, StringComparer.Ordinal).ThenBy(point => point.UtcNanos)];
    }

    private static void Join(Dictionary<(string Device, string Signal, long UtcNanos), StoredPoint> points, JsonElement series)
    {
        var labels = series.GetProperty("metric");
        var device = Label(labels, "device");
        var signal = Label(labels, "signal");
        var isStatus = Label(labels, "__name__").EndsWith("_q", StringComparison.Ordinal);
        var values = series.GetProperty("values");
        var times = series.GetProperty("timestamps");
        for (var i = 0; i < values.GetArrayLength(); i++)
        {
            var utcNanos = times[i].GetInt64() * 1_000_000;
            var key = (device, signal, utcNanos);
            var point = points.GetValueOrDefault(key) ?? new StoredPoint(device, signal, utcNanos, null, null);
            points[key] = isStatus ? point with { Status = (long)values[i].GetDouble() } : point with { Value = values[i].ToString() };
        }
    }

    private static string Label(JsonElement labels, string name) =>
        labels.TryGetProperty(name, out var label) ? label.GetString() ?? "" : "";
}
