using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>mosquitto killed in the middle of a run, and once more inside its autosave window; three stores must have everything.</summary>
public sealed class BrokerKillProof
{
    private const int Registers = 10;

    [Fact]
    [Trait("Proof", "broker-kill")]
    public async Task A_killed_broker_costs_no_store_a_single_sample()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (run, away, second) = Proof.Length((60, 10, 35), (16, 3, 10));
        await using var mosquitto = await Mosquitto.StartProcessAsync(cancellation);
        await using var influx = await InfluxDb.StartProcessAsync(cancellation);
        await using var victoria = await VictoriaMetrics.StartProcessAsync(cancellation);
        using var workplace = new Workplace();
        var port = FreePort.Next();
        using var slave = ForeignSlave.Start(cancellation, "tcp", port.ToString(CultureInfo.InvariantCulture));
        var historians = new JsonObject
        {
            ["influx"] = new JsonObject { ["store"] = "influx", ["url"] = influx.Url.ToString().TrimEnd('/'), ["database"] = "edge" },
            ["victoria"] = new JsonObject { ["store"] = "victoria", ["url"] = victoria.Url.ToString().TrimEnd('/') },
            ["embedded"] = new JsonObject { ["store"] = "embedded" },
        };
        var device = Configurations.Registers(Configurations.Tcp(port), Registers, "20ms");
        var file = workplace.Write(Configurations.Cell(device, $"mqtt://127.0.0.1:{mosquitto.Port}", historians));

        using var edge = EdgeProcess.Start(workplace.Folder, "run", file, "--for", $"{run}s", "--json");
        await PassAsync(TimeSpan.FromSeconds(Proof.Length(10, 4)), cancellation);
        mosquitto.Kill();
        await PassAsync(TimeSpan.FromSeconds(away), cancellation);
        await mosquitto.RestartAsync(cancellation);
        await PassAsync(TimeSpan.FromSeconds(second - away - Proof.Length(10, 4)), cancellation);

        // What it acknowledged in the last seconds is in its memory only: the autosave of 5 s has not come round.
        mosquitto.Kill();
        await mosquitto.RestartAsync(cancellation);
        var exitCode = edge.WaitForExit(TimeSpan.FromSeconds(run + 60));
        slave.Stop();

        Assert.True(exitCode == 0, $"exit {exitCode}: {edge.Output} {edge.Errors}");
        var ledger = edge.Ledger();
        Assert.True(ledger["balanced"]!.GetValue<bool>() && ledger["settled"]!.GetValue<bool>(), ledger.ToJsonString());
        var embedded = StoredRows.Read(Path.Combine(workplace.Folder, "data"));
        var influxRows = ByKey(await influx.ReadAllAsync("edge", cancellation));
        var victoriaRows = ByKey(await victoria.ReadAllAsync(cancellation));
        var samples = 0L;
        for (var register = 0; register < Registers; register++)
        {
            var key = $"plc/r{register}";
            var entry = ledger["signals"]![key]!;
            var produced = entry["produced"]!.GetValue<long>();
            Assert.Equal(produced, entry["stored"]!.GetValue<long>());
            var expected = Enumerable.Range(0, (int)produced).Select(value => (double)value).ToArray();
            Assert.True(embedded[key].SequenceEqual(expected), $"embedded {key}: {Difference(expected, embedded[key])}");
            Assert.True(influxRows[key].SequenceEqual(expected), $"InfluxDB {key}: {Difference(expected, influxRows[key])}");
            Assert.True(victoriaRows[key].SequenceEqual(expected), $"VictoriaMetrics {key}: {Difference(expected, victoriaRows[key])}");
            samples += produced;
        }

        Proof.Say($"{samples} samples produced; InfluxDB, VictoriaMetrics and the embedded store each have all of them, each once; broker away {away} s and killed once more inside its autosave window");
    }

    private static Task PassAsync(TimeSpan time, CancellationToken cancellation) => Task.Delay(time, TimeProvider.System, cancellation);

    private static Dictionary<string, double[]> ByKey(IReadOnlyList<StoredPoint> points) => points
        .GroupBy(point => point.Key)
        .ToDictionary(group => group.Key, group => group.OrderBy(point => point.UtcNanos).Select(point => point.Number).ToArray());

    private static string Difference(double[] expected, IReadOnlyList<double> found)
    {
        var missing = expected.Except(found).ToArray();
        return $"{expected.Length} expected, {found.Count} found; missing {missing.Length} ({string.Join(' ', missing.Take(10))}), doubled {found.Count - found.Distinct().Count()}";
    }
}
