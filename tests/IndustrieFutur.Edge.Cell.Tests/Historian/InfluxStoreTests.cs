using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Cell.Tests.Historian;

/// <summary>A real InfluxDB 1.x: every kind, poison among good lines, a kill, a database that was not there.</summary>
public sealed class InfluxStoreTests
{
    private const string Database = "my \"edge\"";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_arrives_in_a_database_made_for_it_and_the_watermark_is_found_again()
    {
        await using var influx = await InfluxDb.StartAsync(Cancellation);
        await using var scene = Open(influx, "edge");
        Assert.Empty(await scene.Writer.OpenAsync(Cancellation));
        scene.Take(scene.Sample(1, TelemetryKind.Float64, BitConverter.DoubleToInt64Bits(-1.5e-300)));
        scene.Take(scene.Sample(2, TelemetryKind.Int64, long.MinValue));
        scene.Take(scene.Sample(3, TelemetryKind.UInt64, long.MaxValue));
        scene.Take(scene.Sample(4, TelemetryKind.UInt64, -1));
        scene.Take(scene.Sample(5, TelemetryKind.Boolean, 1));
        scene.Take(scene.Sample(6, TelemetryKind.Text, 0, "Pièce \"5\"\n\\"));
        scene.Take(scene.Sample(7, TelemetryKind.Float64, 0, status: 0x8031_0000));
        scene.Take(new StoreGap(scene.Stream, new SequenceRange(8, 20), 1, scene.TimeOf(8)));

        await scene.DrainAsync(20, Cancellation);

        var points = (await influx.ReadAllAsync("edge", Cancellation)).ToDictionary(point => (point.UtcNanos, point.Signal));
        Assert.Equal("-1.5E-300", points[(scene.TimeOf(1), "float64")].Value, ignoreCase: true);
        Assert.Equal("-9223372036854775808", points[(scene.TimeOf(2), "int64")].Value);
        Assert.Equal("9223372036854775807", points[(scene.TimeOf(3), "uint64")].Value);
        Assert.Equal("18446744073709551615", points[(scene.TimeOf(4), "uint64")].Value);
        Assert.Equal("True", points[(scene.TimeOf(5), "boolean")].Value);
        Assert.Equal("Pièce \"5\" \\", points[(scene.TimeOf(6), "text")].Value);
        Assert.Equal((null, 0x8031_0000L), (points[(scene.TimeOf(7), "float64")].Value, points[(scene.TimeOf(7), "float64")].Status));
        Assert.Equal(7, points.Count);

        await using var again = Open(influx, "edge");
        var mark = Assert.Single(await again.Writer.OpenAsync(Cancellation));

        // Before the gap: the edge has to hear that it was taken.
        Assert.Equal((7ul, 0xABCDul, "la-roche/cell 1/plc"), (mark.Stored.UpTo, mark.Epoch, mark.Stream.ToString()));
    }

    [Fact]
    public async Task Lines_of_the_wrong_type_are_found_and_refused_and_the_others_are_stored()
    {
        await using var influx = await InfluxDb.StartAsync(Cancellation);
        await using var scene = Open(influx, Database);
        await scene.Writer.OpenAsync(Cancellation);

        // A first point makes "v" a text, here and for ever: every floating point value conflicts with it, every integer does not.
        await influx.CreateDatabaseAsync(Database.Replace("\"", "\\\"", StringComparison.Ordinal), Cancellation);
        await WriteAsync(influx, Database, $"telemetry,device=other,signal=other v=\"text\" {scene.TimeOf(0)}");
        for (var number = 1ul; number <= 1_000; number++)
        {
            scene.Take(number is 1 or 499 or 500 or 1_000 ? scene.Sample(number) : scene.Sample(number, TelemetryKind.Int64, (long)number));
        }

        await scene.DrainAsync(1_000, Cancellation);

        Assert.Equal([new RefusedRange(1, 1, 2), new RefusedRange(499, 500, 2), new RefusedRange(1_000, 1_000, 2)], scene.Stream.Stored.Refused);
        Assert.Equal((996L, 4L), (scene.Status.SamplesStored, scene.Status.SamplesRefused));
        Assert.Equal(996, (await influx.CountBySignalAsync(Database, Cancellation))["plc/int64"]);

        // The edge must hear of the refusals: after a restart the store says less than it has.
        await using var again = Open(influx, Database);
        Assert.Equal(0ul, Assert.Single(await again.Writer.OpenAsync(Cancellation)).Stored.UpTo);
    }

    [Fact]
    public async Task What_is_confirmed_survives_a_kill_and_a_store_that_is_down_is_waited_for()
    {
        await using var influx = await InfluxDb.StartProcessAsync(Cancellation);
        await using var scene = Open(influx, "edge");
        await scene.Writer.OpenAsync(Cancellation);
        scene.Take(1, 5_000);
        await scene.DrainAsync(5_000, Cancellation);

        influx.Kill();
        scene.Take(5_001, 10_000);
        Assert.False(await scene.Writer.StepAsync(flush: true, Cancellation));
        Assert.False(scene.Status.StoreReachable);
        Assert.Contains("cannot be reached", scene.Status.LastError, StringComparison.Ordinal);
        Assert.Equal(5_000ul, scene.Stream.Stored.UpTo);

        await influx.RestartAsync(Cancellation);
        await scene.DrainAsync(10_000, Cancellation);
        Assert.True(scene.Status.StoreReachable);
        Assert.Equal(10_000, (await influx.CountBySignalAsync("edge", Cancellation))["plc/float64"]);
    }

    private static async Task WriteAsync(InfluxDb influx, string database, string line)
    {
        using var http = new HttpClient();
        using var body = new StringContent(line);
        using var answer = await http.PostAsync(new Uri(influx.Url, $"/write?db={Uri.EscapeDataString(database)}&precision=ns"), body, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static StoreScene Open(InfluxDb influx, string database)
    {
        var options = new HistorianOptions { Store = StoreKind.Influx, Url = influx.Url.ToString(), Database = database };
        return new StoreScene(new InfluxStore("h1", options, ".", TimeProvider.System, NullLogger.Instance), options);
    }
}
