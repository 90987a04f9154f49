using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Historian.Stores;

namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>Counts in an InfluxDB 1.x by its query language. Every sample has a status (<c>q</c>), so statuses are counted.</summary>
internal sealed class InfluxAudit(string id, StoreHttp http, string database) : IStoreAudit
{
    /// <summary>Statements in one request: some kilobytes of address.</summary>
    private const int StatementsMax = 25;

    public async Task<StoreHoldings> ReadAsync(string cell, IReadOnlyList<SignalCut> cuts, CancellationToken cancellationToken)
    {
        var ofCell = $"\"cell\" = {Quoted(cell)}";
        var signals = (await AskAsync($"SELECT COUNT(\"q\") FROM \"telemetry\" WHERE {ofCell} GROUP BY \"device\", \"signal\"", cancellationToken))
            .Select(row => new SignalHoldings(row.Tags["device"], row.Tags["signal"], row.Number("count"), row.Number("count"), 0))
            .ToDictionary(signal => (signal.Device, signal.Signal));
        foreach (var some in cuts.Where(cut => cut.BeforeUtcNanos != long.MaxValue && signals.ContainsKey((cut.Device, cut.Signal))).Chunk(StatementsMax))
        {
            foreach (var cut in some)
            {
                signals[(cut.Device, cut.Signal)] = new SignalHoldings(cut.Device, cut.Signal, 0, 0, 0);
            }

            foreach (var row in await AskAsync(string.Join(';', some.Select(cut => Before(ofCell, cut))), cancellationToken))
            {
                signals[(row.Tags["device"], row.Tags["signal"])] = new SignalHoldings(row.Tags["device"], row.Tags["signal"], row.Number("count"), row.Number("count"), 0);
            }
        }

        var gaps = (await AskAsync($"SELECT \"first\", \"last\", \"cause\" FROM \"telemetry_gap\" WHERE {ofCell} GROUP BY \"device\", \"epoch\"", cancellationToken))
            .Select(row => new StoredGap(cell, row.Tags["device"], row.Tags["epoch"], (ulong)row.Number("first"), (ulong)row.Number("last"), (byte)row.Number("cause"), row.Number("time")));
        var marks = (await AskAsync($"SELECT LAST(\"upTo\") AS \"upTo\" FROM \"{MarkLines.Measurement}\" WHERE {ofCell} AND \"historian\" = {Quoted(id)} GROUP BY \"device\", \"epoch\"", cancellationToken))
            .Select(row => new StreamHoldings(row.Tags["device"], row.Tags["epoch"], (ulong)row.Number("upTo")));
        var oldest = await AskAsync($"SELECT FIRST(\"q\") FROM \"telemetry\" WHERE {ofCell}", cancellationToken);
        return new StoreHoldings([.. signals.Values], [.. gaps], [.. marks], await KeepsForAsync(cancellationToken), oldest.Count > 0 ? oldest[0].Number("time") : 0);
    }

    private static string Before(string ofCell, SignalCut cut) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT COUNT(\"q\") FROM \"telemetry\" WHERE {ofCell} AND \"device\" = {Quoted(cut.Device)} AND \"signal\" = {Quoted(cut.Signal)} AND time < {cut.BeforeUtcNanos} GROUP BY \"device\", \"signal\"");

    private static string Quoted(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    /// <summary>As InfluxDB writes a duration: 168h0m0s; 0s is for ever.</summary>
    private async Task<TimeSpan> KeepsForAsync(CancellationToken cancellationToken)
    {
        var policies = await AskAsync($"SHOW RETENTION POLICIES ON \"{database.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", cancellationToken);
        var usual = policies.FirstOrDefault(row => row.Text("default") == "true");
        var hours = usual?.Text("duration").Split('h')[0];
        return double.TryParse(hours, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? TimeSpan.FromHours(number) : TimeSpan.Zero;
    }

    private async Task<List<InfluxRow>> AskAsync(string query, CancellationToken cancellationToken)
    {
        var answer = await http.PostAsync($"query?db={Uri.EscapeDataString(database)}&epoch=ns&q={Uri.EscapeDataString(query)}", ReadOnlyMemory<byte>.Empty, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw http.Refusal(answer);
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Text);
            var rows = new List<InfluxRow>();
            foreach (var result in document.RootElement.GetProperty("results").EnumerateArray())
            {
                if (result.TryGetProperty("error", out var error))
                {
                    throw new StoreException($"{http.Url} does not count: {error.GetString()}. Is the database \"{database}\" still the one that was filled?");
                }

                rows.AddRange(InfluxRow.Read(result));
            }

            return rows;
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StoreException($"{http.Url} does not answer as InfluxDB 1.x does: {cause.Message} Is \"url\" the store's own address?", cause);
        }
    }
}
