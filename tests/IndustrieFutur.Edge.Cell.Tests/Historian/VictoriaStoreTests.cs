using System.Diagnostics;
using System.Text.Json;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Cell.Tests.Historian;

/// <summary>A real VictoriaMetrics, whose 204 is not durable: what counts as stored is there after a kill, what does not is written again.</summary>
public sealed class VictoriaStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_arrive_what_it_cannot_hold_is_refused_and_the_watermark_is_found_again()
    {
        await using var victoria = await VictoriaMetrics.StartAsync(Cancellation);
        await using var scene = Open(victoria);
        Assert.Empty(await scene.Writer.OpenAsync(Cancellation));
        scene.Take(scene.Sample(1, TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(-1.5)));
        scene.Take(scene.Sample(2, TelemetryKind.Int64, -7));
        scene.Take(scene.Sample(3, TelemetryKind.UInt64, 7));
        scene.Take(scene.Sample(4, TelemetryKind.Boolean, 1));
        scene.Take(scene.Sample(5, TelemetryKind.Text, 0, "", 0x8031_0000));
        scene.Take(scene.Sample(6, TelemetryKind.UInt64, -1));
        scene.Take(scene.Sample(7, TelemetryKind.Text, 0, "text"));
        scene.Take(scene.Sample(8, TelemetryKind.Int64, 8) with { SourceUtcNanos = scene.TimeOf(8) + 30L * 86_400_000_000_000 });
        scene.Take(9, 100);

        await scene.DrainAsync(100, Cancellation);

        var points = (await victoria.ReadAllAsync(Cancellation)).Where(point => point.Signal.Length > 0).ToDictionary(point => (point.UtcNanos / 1_000_000, point.Signal));
        Assert.Equal("-1.5", points[(scene.TimeOf(1) / 1_000_000, "float64")].Value);
        Assert.Equal("-7", points[(scene.TimeOf(2) / 1_000_000, "int64")].Value);
        Assert.Equal("7", points[(scene.TimeOf(3) / 1_000_000, "uint64")].Value);
        Assert.Equal("1", points[(scene.TimeOf(4) / 1_000_000, "boolean")].Value);
        Assert.Equal((null, 0x8031_0000L), (points[(scene.TimeOf(5) / 1_000_000, "text")].Value, points[(scene.TimeOf(5) / 1_000_000, "text")].Status));
        Assert.Equal(97, points.Count);
        Assert.Equal(
            [new RefusedRange(6, 7, (byte)DropCause.NotStorable), new RefusedRange(8, 8, (byte)DropCause.StoreRefused)], scene.Stream.Stored.Refused);

        // The edge has heard of the refusals: from now on the store may say all that it has.
        scene.Stream.Stored.ForgetRefusedBelow(101);
        scene.Take(101, 110);
        await scene.DrainAsync(110, Cancellation);
        await using var again = Open(victoria);
        var mark = Assert.Single(await again.Writer.OpenAsync(Cancellation));
        Assert.Equal((110ul, 0xABCDul, "la-roche/cell 1/plc"), (mark.Stored.UpTo, mark.Epoch, mark.Stream.ToString()));
    }

    [Fact]
    public async Task What_a_kill_takes_back_after_its_204_is_written_again_and_what_was_confirmed_is_there()
    {
        await using var victoria = await VictoriaMetrics.StartProcessAsync(Cancellation);

        // The store tells its start in whole seconds: a second start within the same second could not be told from the first.
        var started = Stopwatch.StartNew();
        await Until.TrueAsync("the next second", TimeSpan.FromSeconds(5), () => started.Elapsed > TimeSpan.FromSeconds(1.2), Cancellation);
        await using var scene = Open(victoria);
        await scene.Writer.OpenAsync(Cancellation);
        scene.Take(1, 5_000);
        await scene.DrainAsync(5_000, Cancellation);

        // Given right after a confirmation, so that none is due: the store has acknowledged them and may lose them.
        scene.Take(5_001, 10_000);
        Assert.True(await scene.Writer.StepAsync(flush: false, Cancellation));
        Assert.Equal(5_000ul, scene.Stream.Stored.UpTo);
        victoria.Kill();
        await victoria.RestartAsync(Cancellation);
        Assert.Equal(5_000, (await victoria.CountBySignalAsync(Cancellation))["plc/float64"]);

        await scene.DrainAsync(10_000, Cancellation);
        victoria.Kill();
        await victoria.RestartAsync(Cancellation);
        var points = (await victoria.ReadAllAsync(Cancellation)).Where(point => point.Signal == "float64").ToList();
        Assert.Equal(Enumerable.Range(1, 10_000).Select(number => scene.TimeOf((ulong)number)), points.Select(point => point.UtcNanos));

        await using var again = Open(victoria);
        Assert.Equal(10_000ul, Assert.Single(await again.Writer.OpenAsync(Cancellation)).Stored.UpTo);
    }

    [Fact]
    public async Task No_snapshot_is_left_behind()
    {
        await using var victoria = await VictoriaMetrics.StartAsync(Cancellation);
        await using var scene = Open(victoria);
        await scene.Writer.OpenAsync(Cancellation);
        scene.Take(1, 10);
        await scene.DrainAsync(10, Cancellation);

        using var http = new HttpClient();
        using var list = JsonDocument.Parse(await http.GetStringAsync(new Uri(victoria.Url, "/snapshot/list"), Cancellation));

        Assert.Equal(0, list.RootElement.GetProperty("snapshots").GetArrayLength());
    }

    private static StoreScene Open(VictoriaMetrics victoria)
    {
        var options = new HistorianOptions { Store = StoreKind.Victoria, Url = victoria.Url.ToString() };
        return new StoreScene(new VictoriaStore("h1", options, ".", TimeProvider.System, NullLogger.Instance), options);
    }
}
