using System.Text.Json;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>A real single-node VictoriaMetrics, with the questions that tests ask of it.</summary>
public sealed class VictoriaMetrics : RealServer
{
    private readonly HttpClient _http;

    private VictoriaMetrics(IServerHost host)
        : base(host) => _http = new HttpClient { BaseAddress = Url };

    public Uri Url => new($"http://{HostName}:{Port}");

    public static async Task<VictoriaMetrics> StartAsync(CancellationToken cancellation) =>
        new(await StartAnywhereAsync(Recipe(), cancellation));

    /// <summary>Starts one that can be killed.</summary>
    public static async Task<VictoriaMetrics> StartProcessAsync(CancellationToken cancellation) =>
        new(await StartAsProcessAsync(Recipe(), cancellation));

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
        using (var flushed = await _http.GetAsync(new Uri("/internal/force_flush", UriKind.Relative), cancellation))
        {
            flushed.EnsureSuccessStatusCode();
        }

        var match = Uri.EscapeDataString("{__name__=~\"telemetry_.*\"}");
        var lines = await _http.GetStringAsync(new Uri($"/api/v1/export?match[]={match}&start=0", UriKind.Relative), cancellation);
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

    private static ServerRecipe Recipe() => new()
    {
        Name = "VictoriaMetrics",
        Program = "victoria-metrics",
        Package = "victoria-metrics",
        ImageVariable = "EDGE_TSDB_IMAGE",
        UpstreamImage = "victoriametrics/victoria-metrics:v1.79.5",
        ContainerPort = 8428,
        ImageHasEntryPoint = true,

        // Deduplication makes a replay harmless; without the latency offset a query sees what is there now; 100 years keep any test's times.
        Arguments = place =>
        [
            $"-storageDataPath={place.Folder}/data",
            $"-httpListenAddr={place.Address}:{place.Port}",
            "-dedup.minScrapeInterval=1ms",
            "-search.latencyOffset=0s",
            "-retentionPeriod=100y",
        ],
        ReadyPath = "/health",
    };
}
