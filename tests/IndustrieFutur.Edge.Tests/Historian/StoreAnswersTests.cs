using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>What becomes of samples for each answer that a store may give over HTTP: only a store's own word about a line gives one up.</summary>
public sealed class StoreAnswersTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(StoreScene.Start / 1_000_000));
    private readonly StoreScene _scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, "authorization failed", "Check \"user\" and \"password\"")]
    [InlineData(403, "forbidden", "Check \"user\" and \"password\"")]
    [InlineData(400, "<html>Bad Request</html>", "Is \"url\" the store's own address?")]
    [InlineData(404, "no such page", "Is \"url\" the store's own address?")]
    [InlineData(301, "", "Is \"url\" the store's own address?")]
    [InlineData(500, "engine: cache maximum memory size exceeded", "has a fault (500)")]
    [InlineData(503, "", "has a fault (503)")]
    [InlineData(429, "", "asks for patience")]
    public async Task An_answer_that_is_not_about_lines_keeps_the_batch_and_says_what_to_do(int status, string text, string said)
    {
        using var server = new ScriptedStore((_, _) => new ScriptedAnswer(status, text, status >= 429 ? "7" : null));
        await using var store = NewInflux(server);
        var batch = new StoreBatch(_scene.Samples(1, 10), []);

        var refusal = await Assert.ThrowsAsync<StoreException>(async () => await store.WriteAsync(batch, Cancellation));

        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(status >= 429 ? TimeSpan.FromSeconds(7) : null, refusal.RetryAfter);
        Assert.Equal((0, false), (batch.RefusedCount, refusal.WritesLost));
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_sent_in_halves()
    {
        var largest = 0;
        var lines = new HashSet<string>();
        using var server = new ScriptedStore((_, body) =>
        {
            if (body.Length > 1_000)
            {
                return new ScriptedAnswer(413, "request entity too large");
            }

            largest = Math.Max(largest, body.Length);
            lines.UnionWith(body.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            return new ScriptedAnswer(204);
        });
        await using var store = NewInflux(server);
        var batch = new StoreBatch(_scene.Samples(1, 100), []);

        await store.WriteAsync(batch, Cancellation);

        Assert.Equal((100, 0), (lines.Count, batch.RefusedCount));
        Assert.InRange(largest, 500, 1_000);
    }

    [Fact]
    public async Task Poison_is_found_among_good_lines_without_giving_up_one_of_them()
    {
        var stored = new HashSet<string>();
        using var server = new ScriptedStore((_, body) =>
        {
            var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var poison = lines.Where(line => line.Contains("v=13,", StringComparison.Ordinal) || line.Contains("v=77,", StringComparison.Ordinal)).ToList();
            stored.UnionWith(lines.Except(poison));
            return poison.Count == 0
                ? new ScriptedAnswer(204)
                : new ScriptedAnswer(400, $$"""{"error":"partial write: field type conflict: ... dropped={{poison.Count}}"}""");
        });
        await using var store = NewInflux(server);
        var batch = new StoreBatch(_scene.Samples(1, 100), []);

        await store.WriteAsync(batch, Cancellation);

        Assert.Equal((98, 2), (stored.Count, batch.RefusedCount));
        Assert.True(batch.IsRefused(12) && batch.IsRefused(76));
    }

    [Fact]
    public async Task A_series_refused_before_costs_one_request_and_is_stored_once_the_store_takes_it()
    {
        var (requests, stored, refuses) = (0, 0, true);
        using var server = new ScriptedStore((_, body) =>
        {
            requests++;
            var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var dropped = refuses ? lines.Count(line => line.Contains("int64", StringComparison.Ordinal)) : 0;
            stored += lines.Length - dropped;
            return dropped == 0 ? new ScriptedAnswer(204) : new ScriptedAnswer(400, $$"""{"error":"partial write: field type conflict: ... dropped={{dropped}}"}""");
        });
        await using var store = NewInflux(server);
        await store.WriteAsync(Mixed(1), Cancellation);

        requests = stored = 0;
        var again = Mixed(101);
        await store.WriteAsync(again, Cancellation);
        Assert.Equal((2, 50, 50), (requests, stored, again.RefusedCount));

        (refuses, stored) = (false, 0);
        var mended = Mixed(201);
        await store.WriteAsync(mended, Cancellation);
        Assert.Equal((100, 0), (stored, mended.RefusedCount));

        _clock.Advance(TimeSpan.FromMinutes(6));
        requests = 0;
        await store.WriteAsync(Mixed(301), Cancellation);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task A_password_that_cannot_be_had_is_said_by_name()
    {
        using var server = new ScriptedStore((_, _) => new ScriptedAnswer(200, """{"results":[{}]}"""));
        var password = SecretReference.Parse("env:IFEDGE_TEST_NO_SUCH_SECRET", out _);
        var options = new HistorianOptions { Store = StoreKind.Influx, Url = server.Url, User = "edge", Password = password };
        await using var store = new InfluxStore("h1", options, ".", _clock, NullLogger.Instance);

        var refusal = await Assert.ThrowsAsync<StoreException>(async () => await store.OpenAsync(Cancellation));

        Assert.Contains("IFEDGE_TEST_NO_SUCH_SECRET is not set", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"results":[{"error":"database not found: edge"}]}""")]
    [InlineData("""{"results":[{"statement_id":0}]}""")]
    public async Task A_store_without_watermarks_opens_with_none(string answer)
    {
        using var server = new ScriptedStore((_, _) => new ScriptedAnswer(200, answer));
        await using var store = NewInflux(server);

        Assert.Empty(await store.OpenAsync(Cancellation));
    }

    [Theory]
    [InlineData("<html>hello</html>")]
    [InlineData("{}")]
    [InlineData("""{"results":[]}""")]
    public async Task A_server_that_is_no_store_is_not_taken_for_an_empty_one(string answer)
    {
        using var server = new ScriptedStore((_, _) => new ScriptedAnswer(200, answer));
        await using var influx = NewInflux(server);
        await using var victoria = NewVictoria(server);

        await Assert.ThrowsAsync<StoreException>(async () => await influx.OpenAsync(Cancellation));
        await Assert.ThrowsAsync<StoreException>(async () => await victoria.OpenAsync(Cancellation));
    }

    [Fact]
    public async Task Without_snapshots_what_is_written_counts_after_fifteen_seconds()
    {
        using var server = new ScriptedStore((path, _) => path switch
        {
            "/metrics" => new ScriptedAnswer(200, "vm_app_start_timestamp 1\nvm_app_uptime_seconds 9"),
            "/snapshot/create" => new ScriptedAnswer(403, "the provided authKey doesn't match"),
            _ => new ScriptedAnswer(204),
        });
        await using var store = NewVictoria(server);
        var first = await store.WriteAsync(new StoreBatch(_scene.Samples(1, 10), []), Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var second = await store.WriteAsync(new StoreBatch(_scene.Samples(11, 20), []), Cancellation);

        Assert.Equal(0, await store.ConfirmAsync(_scene.UpTo(20), false, Cancellation));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(first, await store.ConfirmAsync(_scene.UpTo(20), false, Cancellation));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(second, await store.ConfirmAsync(_scene.UpTo(20), false, Cancellation));
    }

    [Fact]
    public async Task A_watermark_that_is_not_on_the_disk_is_not_told_and_tried_again()
    {
        var snapshots = 0;
        using var server = new ScriptedStore((path, _) => path switch
        {
            "/metrics" => new ScriptedAnswer(200, "vm_app_start_timestamp 1\nvm_app_uptime_seconds 9"),
            "/snapshot/create" when Interlocked.Increment(ref snapshots) == 2 => new ScriptedAnswer(500, "no space left on device"),
            "/snapshot/create" => new ScriptedAnswer(200, """{"status":"ok","snapshot":"x"}"""),
            _ => new ScriptedAnswer(204),
        });
        await using var store = NewVictoria(server);
        var write = await store.WriteAsync(new StoreBatch(_scene.Samples(1, 10), []), Cancellation);

        Assert.Equal(0, await store.ConfirmAsync(_scene.UpTo(10), true, Cancellation));
        Assert.Equal(write, await store.ConfirmAsync(_scene.UpTo(10), true, Cancellation));
        Assert.Equal(4, snapshots);
    }

    [Fact]
    public async Task A_store_started_anew_between_write_and_confirmation_has_lost_the_writes()
    {
        var (start, uptime) = (1, 9);
        using var server = new ScriptedStore((path, _) => path switch
        {
            "/metrics" => new ScriptedAnswer(200, $"vm_app_start_timestamp {start}\nvm_app_uptime_seconds {uptime}"),
            "/snapshot/create" => new ScriptedAnswer(200, """{"status":"ok","snapshot":"x"}"""),
            _ => new ScriptedAnswer(204),
        });
        await using var store = NewVictoria(server);
        await store.WriteAsync(new StoreBatch(_scene.Samples(1, 10), []), Cancellation);
        (start, uptime) = (2, 1);

        var lost = await Assert.ThrowsAsync<StoreException>(async () => await store.ConfirmAsync(_scene.UpTo(10), true, Cancellation));
        Assert.True(lost.WritesLost);

        // Its start is told in seconds: nothing is given to it while yet another start could bear the same.
        await Assert.ThrowsAsync<StoreException>(async () => await store.WriteAsync(new StoreBatch(_scene.Samples(1, 10), []), Cancellation));
        uptime = 2;
        var again = await store.WriteAsync(new StoreBatch(_scene.Samples(1, 10), []), Cancellation);
        Assert.Equal(again, await store.ConfirmAsync(_scene.UpTo(10), true, Cancellation));
    }

    [Fact]
    public async Task What_lies_before_the_stores_retention_is_refused_aloud()
    {
        using var server = new ScriptedStore((path, _) => path == "/metrics"
            ? new ScriptedAnswer(200, "flag{name=\"retentionPeriod\", value=\"2d\", is_set=\"true\"} 1\nvm_app_start_timestamp 1\nvm_app_uptime_seconds 9\n")
            : new ScriptedAnswer(204));
        await using var store = NewVictoria(server);
        _clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromMilliseconds(50));
        var batch = new StoreBatch(_scene.Samples(1, 100), []);

        await store.WriteAsync(batch, Cancellation);

        Assert.Equal(49, batch.RefusedCount);
        Assert.True(batch.IsRefused(48) && !batch.IsRefused(49));
        Assert.Contains("-retentionPeriod", batch.RefusedReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_that_came_at_once_have_a_millisecond_each_in_the_lines_that_are_sent()
    {
        var lines = "";
        using var server = new ScriptedStore((path, body) =>
        {
            lines = path.StartsWith("/write", StringComparison.Ordinal) ? body : lines;
            return path == "/metrics" ? new ScriptedAnswer(200, "vm_app_start_timestamp 1\nvm_app_uptime_seconds 9\n") : new ScriptedAnswer(204);
        });
        await using var store = NewVictoria(server);
        var at = _scene.Sample(1, 0.0).SourceUtcNanos;
        var batch = new StoreBatch([.. Enumerable.Range(0, 5).Select(i => _scene.Sample((ulong)i + 1, 0.5) with { SourceUtcNanos = at + i })], []);

        await store.WriteAsync(batch, Cancellation);

        var millis = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..^6].Split(' ')[^1]).ToArray();
        Assert.Equal(5, millis.Length);
        Assert.Equal(millis, millis.Distinct());
        Assert.Equal(0, batch.RefusedCount);
    }

    /// <summary>A hundred samples, floating point and integer by turns.</summary>
    private StoreBatch Mixed(ulong first) => new(
        [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? _scene.Sample(first + (ulong)i, 1.5) : _scene.Sample(first + (ulong)i, TelemetryKind.Int64, i))], []);

    private InfluxStore NewInflux(ScriptedStore server) => new(
        "h1", new HistorianOptions { Store = StoreKind.Influx, Url = server.Url }, ".", _clock, NullLogger.Instance);

    private VictoriaStore NewVictoria(ScriptedStore server) => new(
        "h1", new HistorianOptions { Store = StoreKind.Victoria, Url = server.Url }, ".", _clock, NullLogger.Instance);
}
