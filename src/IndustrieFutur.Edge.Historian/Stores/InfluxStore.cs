using System.Globalization;
using System.Text.Json;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Historian.Ingest;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>
/// InfluxDB 1.x by its own line protocol. Its 204 is durable; its 400 means that some lines were refused for ever and the others are
/// stored, so the refused ones are looked for.
/// </summary>
internal sealed class InfluxStore(string id, HistorianOptions options, string baseDirectory, TimeProvider clock, ILogger logger) : IStore
{
    private readonly StoreHttp _http = new(options, baseDirectory, clock);
    private readonly LineBatch _lines = new();
    private readonly RefusedSeries _suspects = new(clock);

    // v1 knows "ns"; "us" would silently be taken for nanoseconds.
    private readonly string _write = $"write?db={Uri.EscapeDataString(options.Database)}&precision=ns";
    private long _written;

    public async ValueTask<IReadOnlyList<StreamMark>> OpenAsync(CancellationToken cancellationToken)
    {
        _http.LogIn();
        var name = id.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        var query = $"SELECT \"upTo\", \"at\" FROM \"{MarkLines.Measurement}\" WHERE \"historian\" = '{name}' GROUP BY * ORDER BY time DESC LIMIT 1";
        var answer = await QueryAsync(query, cancellationToken);
        return answer.IsSuccess ? ReadMarks(answer.Text) : throw _http.Refusal(answer);
    }

    public async ValueTask<long> WriteAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        _lines.Fill(batch, _suspects.Has);
        await SendAsync(batch, 0, _lines.Apart, cancellationToken);
        await SendAsync(batch, _lines.Apart, _lines.Count, cancellationToken);
        return ++_written;
    }

    /// <summary>The samples are durable already; the watermarks follow them, never the other way round.</summary>
    public async ValueTask<long> ConfirmAsync(
        Func<long, IReadOnlyList<StreamMark>> marksAfter, bool flush, CancellationToken cancellationToken)
    {
        // One point an hour and stream, written over and over: a point each time would grow into millions.
        var now = clock.GetUtcNow();
        var hour = now.ToUnixTimeSeconds() / 3_600 * 3_600 * 1_000_000_000;
        var answer = await PostAsync(MarkLines.Write(id, marksAfter(_written), hour, now), cancellationToken);
        return answer.IsSuccess ? _written : throw _http.Refusal(answer);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends lines, and halves of them where some are refused or they are too many, down to the single line.</summary>
    private async Task SendAsync(StoreBatch batch, int from, int to, CancellationToken cancellationToken)
    {
        if (from == to)
        {
            return;
        }

        var answer = await PostAsync(_lines.Bytes(from, to), cancellationToken);
        if (answer.IsSuccess)
        {
            return;
        }

        if (!IsAboutLines(answer))
        {
            throw _http.Refusal(answer);
        }

        if (to - from == 1 || Dropped(answer) == to - from)
        {
            for (var line = from; line < to; line++)
            {
                Refuse(batch, line, answer);
            }

            return;
        }

        var middle = from + (to - from) / 2;
        await SendAsync(batch, from, middle, cancellationToken);
        await SendAsync(batch, middle, to, cancellationToken);
    }

    /// <summary>A 400 of another wording comes from a proxy or a wrong address: no reason to give samples up.</summary>
    private static bool IsAboutLines(StoreAnswer answer) => answer.Status == 413
        || (answer.Status == 400
            && (answer.Text.Contains("partial write", StringComparison.Ordinal) || answer.Text.Contains("unable to parse", StringComparison.Ordinal)));

    /// <summary>How many lines the store says it has not taken; 0 when it does not say.</summary>
    private static int Dropped(StoreAnswer answer)
    {
        const string Word = "dropped=";
        var at = answer.Text.LastIndexOf(Word, StringComparison.Ordinal);
        var digits = at < 0 ? "" : answer.Text[(at + Word.Length)..].TrimEnd('"', '}', '\n');
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var dropped) ? dropped : 0;
    }

    private void Refuse(StoreBatch batch, int line, StoreAnswer answer)
    {
        if (_lines.IsSample(line, out var index))
        {
            batch.Refuse(index, DropCause.StoreRefused, answer.Brief);
            _suspects.Add(batch.Samples[index]);
            return;
        }

        logger.GapRefused(id, batch.Gaps[index].Stream.Key.ToString(), _http.Url, answer.Brief);
    }

    private async Task<StoreAnswer> PostAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        var answer = await _http.PostAsync(_write, lines, cancellationToken);
        if (answer.Status == 404 && answer.Text.Contains("database not found", StringComparison.Ordinal))
        {
            await MakeDatabaseAsync(cancellationToken);
            return await _http.PostAsync(_write, lines, cancellationToken);
        }

        return answer;
    }

    private async Task MakeDatabaseAsync(CancellationToken cancellationToken)
    {
        var answer = await QueryAsync($"CREATE DATABASE \"{options.Database.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", cancellationToken);
        if (!answer.IsSuccess || answer.Text.Contains("\"error\"", StringComparison.Ordinal))
        {
            throw new StoreException($"{_http.Url} has no database \"{options.Database}\" and does not make one: {answer.Brief} Make it by hand, or name another \"database\".");
        }

        logger.DatabaseMade(id, options.Database);
    }

    private Task<StoreAnswer> QueryAsync(string query, CancellationToken cancellationToken) => _http.PostAsync(
        $"query?db={Uri.EscapeDataString(options.Database)}&epoch=ns&q={Uri.EscapeDataString(query)}", ReadOnlyMemory<byte>.Empty, cancellationToken);

    private List<StreamMark> ReadMarks(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var result = document.RootElement.GetProperty("results")[0];
            if (result.TryGetProperty("error", out var error))
            {
                return error.GetString()!.Contains("database not found", StringComparison.Ordinal)
                    ? []
                    : throw new StoreException($"{_http.Url} does not tell its watermarks: {error.GetString()}");
            }

            return result.TryGetProperty("series", out var series)
                ? [.. series.EnumerateArray().Select(ReadMark).OfType<(double At, StreamMark Mark)>().OrderBy(pair => pair.At).Select(pair => pair.Mark)]
                : [];
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new StoreException($"{_http.Url} does not answer as InfluxDB 1.x does: {cause.Message} Is \"url\" the store's own address?", cause);
        }
    }

    private static (double At, StreamMark Mark)? ReadMark(JsonElement series)
    {
        var tags = series.GetProperty("tags").EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "");
        var row = series.GetProperty("values")[0];
        return MarkLines.Read(tags, row[1].GetDouble()) is { } mark ? (row[2].GetDouble(), mark) : null;
    }
}
