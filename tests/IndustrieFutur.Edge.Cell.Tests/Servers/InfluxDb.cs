using System.Net;
using System.Text.Json;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>A real InfluxDB 1.x, with the questions that tests ask of it.</summary>
public sealed class InfluxDb : RealServer
{
    private static readonly string[] ValueFields = ["v", "i", "b", "s"];

    private readonly HttpClient _http;

    private InfluxDb(IServerHost host)
        : base(host) => _http = new HttpClient { BaseAddress = Url };

    public Uri Url => new($"http://{HostName}:{Port}");

    public static async Task<InfluxDb> StartAsync(CancellationToken cancellation) =>
        new(await StartAnywhereAsync(Recipe(), cancellation));

    /// <summary>Starts one that can be killed.</summary>
    public static async Task<InfluxDb> StartProcessAsync(CancellationToken cancellation) =>
        new(await StartAsProcessAsync(Recipe(), cancellation));

    public Task CreateDatabaseAsync(string database, CancellationToken cancellation) =>
        QueryAsync(null, $"CREATE DATABASE \"{database}\"", cancellation);

    /// <summary>Points per signal ("device/signal"). Every sample has a status, so statuses are what is counted.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountBySignalAsync(string database, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>();
        using var answer = await QueryAsync(
            database, "SELECT COUNT(\"q\") AS n FROM \"telemetry\" GROUP BY \"device\", \"signal\"", cancellation);
        foreach (var series in SeriesOf(answer))
        {
            counts[$"{Tag(series, "device")}/{Tag(series, "signal")}"] = series.GetProperty("values")[0][1].GetInt64();
        }

        return counts;
    }

    /// <summary>Every point, by signal and time.</summary>
    public async Task<IReadOnlyList<StoredPoint>> ReadAllAsync(string database, CancellationToken cancellation)
    {
        using var answer = await QueryAsync(
            database, "SELECT * FROM \"telemetry\" GROUP BY \"device\", \"signal\"", cancellation);
        var points = new List<StoredPoint>();
        foreach (var series in SeriesOf(answer))
        {
            var columns = series.GetProperty("columns").EnumerateArray().Select(column => column.GetString()).ToList();
            var device = Tag(series, "device");
            var signal = Tag(series, "signal");
            foreach (var row in series.GetProperty("values").EnumerateArray())
            {
                points.Add(new StoredPoint(device, signal, row[0].GetInt64(), ValueOf(row, columns), StatusOf(row, columns)));
            }
        }

        return points;
    }

    private static string? ValueOf(JsonElement row, List<string?> columns)
    {
        foreach (var field in ValueFields)
        {
            var at = columns.IndexOf(field);
            if (at >= 0 && row[at].ValueKind != JsonValueKind.Null)
            {
                return row[at].ToString();
            }
        }

        return null;
    }

    private static long? StatusOf(JsonElement row, List<string?> columns)
    {
        var at = columns.IndexOf("q");
        return at < 0 || row[at].ValueKind == JsonValueKind.Null ? null : row[at].GetInt64();
    }

    private static IEnumerable<JsonElement> SeriesOf(JsonDocument answer) =>
        answer.RootElement.GetProperty("results").EnumerateArray()
            .Where(result => result.TryGetProperty("series", out _))
            .SelectMany(result => result.GetProperty("series").EnumerateArray());

    private static string Tag(JsonElement series, string name) =>
        series.GetProperty("tags").GetProperty(name).GetString() ?? "";

    private async Task<JsonDocument> QueryAsync(string? database, string query, CancellationToken cancellation)
    {
        // A POST, because CREATE asks for one; ns, because the default is text of seconds.
        var path = "/query?epoch=ns" + (database is null ? "" : $"&db={WebUtility.UrlEncode(database)}");
        using var form = new FormUrlEncodedContent([new("q", query)]);
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), form, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        if (!answer.IsSuccessStatusCode || body.Contains("\"error\":", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"InfluxDB on port {Port} answered {(int)answer.StatusCode} to '{query}': {body}");
        }

        return JsonDocument.Parse(body);
    }

    private static ServerRecipe Recipe() => new()
    {
        Name = "InfluxDB",
        Program = "influxd",
        Package = "influxdb",
        ImageVariable = "EDGE_INFLUX_IMAGE",
        UpstreamImage = "influxdb:1.6",
        ContainerPort = 8086,
        ContainerConfigurationPath = "/etc/influxdb/influxdb.conf",
        Configuration = place => $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort.Next()}"
            [meta]
              dir = "{place.Folder}/meta"
            [data]
              dir = "{place.Folder}/data"
              wal-dir = "{place.Folder}/wal"
              query-log-enabled = false
            [monitor]
              store-enabled = false
            [http]
              bind-address = "{place.Address}:{place.Port}"
              log-enabled = false

            """,
        Arguments = place => ["-config", place.ConfigurationFile],
        ReadyPath = "/ping",
    };
}
