using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Historian.Stores;

namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>
/// Counts in a VictoriaMetrics by its export, signal by signal: each millisecond once, for a row that was written again may lie there twice.
/// </summary>
internal sealed class VictoriaAudit(string id, StoreHttp http, TimeProvider clock) : IStoreAudit
{
    private const long NanosPerMilli = 1_000_000;

    /// <summary>From 1970 on; 0 would be taken for five minutes before the end.</summary>
    private const string Start = "1";

    public async Task<StoreHoldings> ReadAsync(string cell, IReadOnlyList<SignalCut> cuts, CancellationToken cancellationToken)
    {
        // What came within the last seconds is not seen otherwise.
        await AskAsync("internal/force_flush", cancellationToken);
        var before = cuts.ToDictionary(cut => (cut.Device, cut.Signal), cut => cut.BeforeUtcNanos);
        var signals = new List<SignalHoldings>();
        var oldest = long.MaxValue;
        foreach (var (device, signal) in await SeriesAsync(cell, cancellationToken))
        {
            var times = await TimesAsync(cell, device, signal, cancellationToken);
            var cut = before.GetValueOrDefault((device, signal), long.MaxValue);

            // What the historian moved because it shared a millisecond may lie on the cut's other side.
            var (low, high) = cut == long.MaxValue ? (long.MaxValue, long.MaxValue) : (cut / NanosPerMilli, (cut / NanosPerMilli) + MilliGrain.MovedMillisMax + 1);
            signals.Add(new SignalHoldings(device, signal, times.Count(time => time < low), times.Count(time => time < high), 0));
            oldest = times.Count > 0 ? Math.Min(oldest, times.Min()) : oldest;
        }

        var keepsFor = VictoriaStore.Retention(VictoriaStore.Find((await AskAsync("metrics", cancellationToken)).Split('\n'), VictoriaStore.RetentionMetric));
        return new StoreHoldings(
            signals, await GapsAsync(cell, cancellationToken), await MarksAsync(cell, cancellationToken), keepsFor, oldest == long.MaxValue ? 0 : oldest * NanosPerMilli);
    }

    private static string Selector(string name, params (string Label, string Value)[] labels) =>
        $"{{__name__=~\"{name}\",{string.Join(',', labels.Select(label => $"{label.Label}=\"{VictoriaStore.Escape(label.Value)}\""))}}}";

    private async Task<List<(string Device, string Signal)>> SeriesAsync(string cell, CancellationToken cancellationToken)
    {
        var text = await AskAsync($"api/v1/series?start={Start}&end={End()}&match[]={Uri.EscapeDataString(Selector("telemetry_q", ("cell", cell)))}", cancellationToken);
        return Read(text, root => root.GetProperty("data").EnumerateArray().Select(labels => (Label(labels, "device"), Label(labels, "signal"))).Distinct().ToList());
    }

    private async Task<HashSet<long>> TimesAsync(string cell, string device, string signal, CancellationToken cancellationToken)
    {
        var times = new HashSet<long>();
        await ExportAsync(
            Selector("telemetry_q", ("cell", cell), ("device", device), ("signal", signal)),
            line => times.UnionWith(line.GetProperty("timestamps").EnumerateArray().Select(time => time.GetInt64())),
            cancellationToken);
        return times;
    }

    private async Task<List<StoredGap>> GapsAsync(string cell, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<(string Device, string Epoch, long Millis), Dictionary<string, double>>();
        await ExportAsync(
            Selector("telemetry_gap_(first|last|cause)", ("cell", cell)),
            line =>
            {
                var labels = line.GetProperty("metric");
                foreach (var (time, value) in line.GetProperty("timestamps").EnumerateArray().Zip(line.GetProperty("values").EnumerateArray()))
                {
                    var key = (Label(labels, "device"), Label(labels, "epoch"), time.GetInt64());
                    rows.TryAdd(key, []);
                    rows[key][Label(labels, "__name__").Split('_')[^1]] = value.GetDouble();
                }
            },
            cancellationToken);
        return [.. rows.Where(row => row.Value.Count == 3).Select(row => new StoredGap(
            cell, row.Key.Device, row.Key.Epoch, (ulong)row.Value["first"], (ulong)row.Value["last"], (byte)row.Value["cause"], row.Key.Millis * NanosPerMilli))];
    }

    private async Task<List<StreamHoldings>> MarksAsync(string cell, CancellationToken cancellationToken)
    {
        var marks = new List<StreamHoldings>();
        await ExportAsync(
            Selector(MarkLines.Measurement + "_upTo", ("cell", cell), ("historian", id)),
            line => marks.Add(new StreamHoldings(
                Label(line.GetProperty("metric"), "device"), Label(line.GetProperty("metric"), "epoch"), (ulong)line.GetProperty("values").EnumerateArray().Last().GetDouble())),
            cancellationToken);
        return marks;
    }

    private async Task ExportAsync(string selector, Action<JsonElement> onLine, CancellationToken cancellationToken)
    {
        var text = await AskAsync($"api/v1/export?start={Start}&end={End()}&match[]={Uri.EscapeDataString(selector)}", cancellationToken);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Read(line, root =>
            {
                onLine(root);
                return true;
            });
        }
    }

    private T Read<T>(string json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StoreException($"{http.Url} does not answer as VictoriaMetrics does: {cause.Message} Is \"url\" the store's own address?", cause);
        }
    }

    private async Task<string> AskAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await http.GetAsync(path, cancellationToken);
        return answer.IsSuccess ? answer.Text : throw http.Refusal(answer);
    }

    /// <summary>Without an end it is the last whole second; two days are what the store takes of the future.</summary>
    private string End() => clock.GetUtcNow().AddDays(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Label(JsonElement labels, string name) => labels.TryGetProperty(name, out var label) ? label.GetString() ?? "" : "";
}
