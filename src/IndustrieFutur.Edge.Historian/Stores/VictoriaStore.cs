using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Protocols.LineProtocol;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>
/// VictoriaMetrics. Its 204 is not durable: what is written counts only once a snapshot has put it on the disk, or after 15 s, and only
/// if the store was not started anew meanwhile. It takes no text, and drops in silence what lies outside its time.
/// </summary>
internal sealed class VictoriaStore(string id, HistorianOptions options, string baseDirectory, TimeProvider clock, ILogger logger) : IStore
{
    /// <summary>A snapshot costs some tens of milliseconds: every two seconds is next to nothing, and soon enough.</summary>
    private static readonly TimeSpan ConfirmEvery = TimeSpan.FromSeconds(2);

    /// <summary>Without a snapshot: measured, rows vanished up to 8 s after their 204 and never after 10.</summary>
    private static readonly TimeSpan DurableAfter = TimeSpan.FromSeconds(15);

    /// <summary>What lies further ahead it drops without a word; an hour less, for clocks that differ.</summary>
    private static readonly TimeSpan AheadMax = TimeSpan.FromHours(47);

    /// <summary>
    /// The store tells its start in whole seconds. Once it has run for two of them, another start cannot bear the same; before, nothing
    /// is given to it.
    /// </summary>
    private const double UptimeSecondsMin = 2;

    private const string StartMetric = "vm_app_start_timestamp ";
    private const string UptimeMetric = "vm_app_uptime_seconds ";
    internal const string RetentionMetric = "flag{name=\"retentionPeriod\", value=\"";

    private readonly StoreHttp _http = new(options, baseDirectory, clock);
    private readonly LineBatch _lines = new();
    private readonly MilliGrain _grain = new();
    private readonly Queue<(long Write, long Since)> _unconfirmed = new();
    private readonly List<string> _leftSnapshots = [];
    private string? _started;
    private TimeSpan _keeps;
    private long _written;
    private long _confirmed;
    private long _confirmedSince;
    private bool _snapshotsFail;

    public async ValueTask<IReadOnlyList<StreamMark>> OpenAsync(CancellationToken cancellationToken)
    {
        _http.LogIn();
        _started = null;
        await ReadStartAsync(cancellationToken);

        // Asked as of an hour ahead: close to now it would leave the last 30 s out (-search.latencyOffset).
        var asOf = clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var selector = $"last_over_time({{__name__=~\"{MarkLines.Measurement}_(upTo|at)\",historian=\"{Escape(id)}\"}}[100d])";
        var answer = await _http.GetAsync($"api/v1/query?nocache=1&time={asOf}&query={Uri.EscapeDataString(selector)}", cancellationToken);
        return answer.IsSuccess ? ReadMarks(answer.Text) : throw _http.Refusal(answer);
    }

    public async ValueTask<long> WriteAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        // Which start of the store these lines go to is known before they are sent.
        if (_started is null)
        {
            var (started, uptime) = await ReadStartAsync(cancellationToken);
            _started = uptime >= UptimeSecondsMin
                ? started
                : throw new StoreException($"{_http.Url} has only just started.") { RetryAfter = TimeSpan.FromSeconds(1) };
        }

        RefuseWhatItCannotHold(batch);
        _lines.Fill(batch, isApart: static _ => false);
        if (_lines.Count > 0)
        {
            await SendAsync(batch, 0, _lines.Count, cancellationToken);
        }

        _unconfirmed.Enqueue((++_written, clock.GetTimestamp()));
        return _written;
    }

    public async ValueTask<long> ConfirmAsync(
        Func<long, IReadOnlyList<StreamMark>> marksAfter, bool flush, CancellationToken cancellationToken)
    {
        if (_unconfirmed.Count == 0 || (!flush && _confirmedSince != 0 && clock.GetElapsedTime(_confirmedSince) < ConfirmEvery))
        {
            return _confirmed;
        }

        _confirmedSince = clock.GetTimestamp();
        var isOnDisk = await TrySnapshotAsync(cancellationToken);
        var durable = isOnDisk ? _written : WrittenBefore(DurableAfter);
        await CheckStartAsync(cancellationToken);
        if (durable <= _confirmed)
        {
            return _confirmed;
        }

        var now = clock.GetUtcNow();
        var marks = MarkLines.Write(id, marksAfter(durable), now.ToUnixTimeMilliseconds() * 1_000_000, now);
        var answer = await _http.PostAsync("write?precision=ns", marks, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw _http.Refusal(answer);
        }

        // The watermark itself must be on the disk before it is published. Without, both are written again in two seconds; a store
        // that makes no snapshots at all has had its fifteen seconds.
        if (isOnDisk && !await TrySnapshotAsync(cancellationToken))
        {
            return _confirmed;
        }

        while (_unconfirmed.TryPeek(out var oldest) && oldest.Write <= durable)
        {
            _unconfirmed.Dequeue();
        }

        return _confirmed = durable;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What the store would drop or falsify without a word is refused here, aloud.</summary>
    private void RefuseWhatItCannotHold(StoreBatch batch)
    {
        var now = clock.GetUtcNow();
        var latest = Nanos(now + AheadMax);
        var earliest = _keeps > TimeSpan.Zero ? Nanos(now - _keeps) : long.MinValue;
        for (var i = 0; i < batch.Samples.Length; i++)
        {
            ref var sample = ref batch.Samples[i];
            if (batch.IsRefused(i))
            {
                continue;
            }

            if (!sample.IsBad && (sample.Series!.Kind == TelemetryKind.Text || LineEncoder.IsBeyondSigned(sample.Series.Kind, sample.Bits)))
            {
                batch.Refuse(i, DropCause.NotStorable, "VictoriaMetrics holds no text, and no integer beyond 63 bits; name an InfluxDB or an embedded store for it.");
            }
            else if (sample.SourceUtcNanos > latest || sample.SourceUtcNanos < earliest)
            {
                batch.Refuse(i, DropCause.StoreRefused, "its time lies outside what VictoriaMetrics keeps (-retentionPeriod) or two days ahead.");
            }
            else if (!_grain.TryPlace(sample, out sample))
            {
                batch.Refuse(i, DropCause.NotStorable, "VictoriaMetrics knows milliseconds only; the signal is faster, or more of its samples came at once than can be told apart. Name an InfluxDB or an embedded store for it.");
            }
        }
    }

    /// <summary>Sends lines, in halves when they are too many at once; the store reports no other fault of a line.</summary>
    private async Task SendAsync(StoreBatch batch, int from, int to, CancellationToken cancellationToken)
    {
        var answer = await _http.PostAsync("write?precision=ns", _lines.Bytes(from, to), cancellationToken);
        if (answer.IsSuccess)
        {
            return;
        }

        if (answer.Status != 413)
        {
            throw _http.Refusal(answer);
        }

        if (to - from > 1)
        {
            var middle = from + (to - from) / 2;
            await SendAsync(batch, from, middle, cancellationToken);
            await SendAsync(batch, middle, to, cancellationToken);
        }
        else if (_lines.IsSample(from, out var sample))
        {
            batch.Refuse(sample, DropCause.StoreRefused, answer.Brief);
        }
    }

    /// <summary>Puts everything written on the disk; false when the store makes no snapshots.</summary>
    private async Task<bool> TrySnapshotAsync(CancellationToken cancellationToken)
    {
        var answer = await _http.GetAsync("snapshot/create", cancellationToken);
        if (!answer.IsSuccess || !TryReadSnapshot(answer.Text, out var name))
        {
            if (!_snapshotsFail)
            {
                _snapshotsFail = true;
                logger.NoSnapshots(id, _http.Url, $"{answer.Status}: {answer.Brief}");
            }

            return false;
        }

        _snapshotsFail = false;
        _leftSnapshots.Add(name);
        await DeleteSnapshotsAsync(cancellationToken);
        return true;
    }

    /// <summary>A snapshot keeps old files alive: it goes at once, and one that could not be deleted goes with the next.</summary>
    private async Task DeleteSnapshotsAsync(CancellationToken cancellationToken)
    {
        foreach (var name in _leftSnapshots.ToArray())
        {
            var answer = await _http.GetAsync($"snapshot/delete?snapshot={Uri.EscapeDataString(name)}", cancellationToken);
            if (answer.IsSuccess)
            {
                _leftSnapshots.Remove(name);
            }
        }
    }

    private static bool TryReadSnapshot(string json, out string name)
    {
        name = "";
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.TryGetProperty("snapshot", out var snapshot))
            {
                name = snapshot.GetString() ?? "";
            }
        }
        catch (JsonException)
        {
            // Whatever it is, it is no snapshot.
        }

        return name.Length > 0;
    }

    private long WrittenBefore(TimeSpan age)
    {
        var durable = _confirmed;
        foreach (var (write, since) in _unconfirmed)
        {
            durable = clock.GetElapsedTime(since) >= age ? write : durable;
        }

        return durable;
    }

    /// <summary>A store that was started anew has lost what was not on its disk: all of it is written again.</summary>
    private async Task CheckStartAsync(CancellationToken cancellationToken)
    {
        var (started, _) = await ReadStartAsync(cancellationToken);
        if (started != _started)
        {
            _started = null;
            _unconfirmed.Clear();
            throw new StoreException($"{_http.Url} was started anew.") { WritesLost = true };
        }
    }

    private async Task<(string Started, double UptimeSeconds)> ReadStartAsync(CancellationToken cancellationToken)
    {
        var answer = await _http.GetAsync("metrics", cancellationToken);
        if (!answer.IsSuccess)
        {
            throw _http.Refusal(answer);
        }

        var metrics = answer.Text.Split('\n');
        var (started, uptime) = (Find(metrics, StartMetric), Find(metrics, UptimeMetric));
        if (started is null || !double.TryParse(uptime?[UptimeMetric.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            throw new StoreException($"{_http.Url}/metrics does not say when the store was started. Is \"url\" the address of VictoriaMetrics itself?");
        }

        _keeps = Retention(Find(metrics, RetentionMetric));
        return (started, seconds);
    }

    internal static string? Find(string[] metrics, string beginning) =>
        Array.Find(metrics, line => line.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>From the store's own flag: a number with h, d, w or y, or without: months. Zero when it does not say.</summary>
    internal static TimeSpan Retention(string? flag)
    {
        var value = flag?.Split('"')[3] ?? "";
        var digits = value.TrimEnd('h', 'd', 'w', 'y', 'm');
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return TimeSpan.Zero;
        }

        var days = value[digits.Length..] switch
        {
            "h" => number / 24,
            "d" => number,
            "w" => number * 7,
            "y" => number * 365,
            _ => number * 31,
        };

        // A day less than two centuries fits into 64 bits of nanoseconds, whatever now is.
        return TimeSpan.FromDays(Math.Min(days, 200 * 365));
    }

    private List<StreamMark> ReadMarks(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var results = document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(ReadRow).ToArray();
            var times = results.Where(row => row.Tags["__name__"].EndsWith("_at", StringComparison.Ordinal)).ToDictionary(row => KeyOf(row.Tags), row => row.Value);
            return [.. results
                .Where(row => row.Tags["__name__"].EndsWith("_upTo", StringComparison.Ordinal))
                .OrderBy(row => times.GetValueOrDefault(KeyOf(row.Tags)))
                .Select(row => MarkLines.Read(row.Tags, row.Value))
                .OfType<StreamMark>()];
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StoreException($"{_http.Url} does not answer as VictoriaMetrics does: {cause.Message} Is \"url\" the store's own address?", cause);
        }
    }

    private static (Dictionary<string, string> Tags, double Value) ReadRow(JsonElement row)
    {
        var tags = row.GetProperty("metric").EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "");
        return (tags, double.Parse(row.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture));
    }

    private static string KeyOf(Dictionary<string, string> tags) =>
        $"{tags.GetValueOrDefault("cell")}/{tags.GetValueOrDefault("device")}/{tags.GetValueOrDefault("epoch")}";

    internal static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static long Nanos(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
