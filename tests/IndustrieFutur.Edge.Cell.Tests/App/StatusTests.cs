using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.App;

/// <summary><c>ifedge status</c> shows how a running service keeps its time, and says what to do when there is none.</summary>
public sealed class StatusTests : IDisposable
{
    private const int Registers = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Workplace _workplace = new();
    private readonly int _slavePort = FreePort.Next();
    private readonly int _brokerPort = FreePort.Next();
    private readonly int _httpPort = FreePort.Next();
    private readonly ForeignSlave _slave;

    public StatusTests() => _slave = ForeignSlave.Start(Cancellation, "tcp", _slavePort.ToString(CultureInfo.InvariantCulture));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _slave.Dispose();
        _workplace.Dispose();
    }

    [Fact]
    public async Task It_shows_the_loop_the_rings_the_privileges_and_the_last_calibration()
    {
        var file = _workplace.Write(Cell());
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", file);
        await Until.TrueAsync("samples in the spool", Limit, HasSpooledAsync, Cancellation);
        await File.WriteAllTextAsync(
            _workplace.PathOf("data/bench.json"),
            """{ "atUtc": "2026-11-25 12:00:00Z", "latencies": [{ "loop": "cyclictest", "loaded": true, "count": 9, "p50Nanos": 30000, "p99Nanos": 60000, "p999Nanos": 700000, "maxNanos": 900000 }] }""",
            Cancellation);

        using var page = EdgeProcess.Start(_workplace.Folder, "status", file);
        Assert.True(page.WaitForExit(Limit) == 0, page.Errors);
        using var json = EdgeProcess.Start(_workplace.Folder, "status", file, "--json");
        Assert.True(json.WaitForExit(Limit) == 0, json.Errors);

        Assert.All(
            ["boucle/loop 2.00ms", "réveil/wake-up", "ticks manqués/missed ticks", "SCHED_FIFO 80", $"127.0.0.1:{_slavePort}", "cyclictest, chargé/loaded", "700.0us"],
            word => Assert.Contains(word, page.Output, StringComparison.Ordinal));
        var status = JsonNode.Parse(json.Output)!;
        var all = status["sampling"]!["sinceStart"]!;
        Assert.Equal(2_000_000, (long)status["sampling"]!["tickNanos"]!);
        Assert.Equal((long)all["ticks"]!, (long)all["wakeUp"]!["count"]!);
        Assert.Equal(4, status["sampling"]!["privileges"]!.AsArray().Count);
        Assert.All(["tickDuration", "arrivalToTick", "tickToSpool"], key => Assert.True((long)all[key]!["count"]! > 0, key));
        Assert.All(status["rings"]!.AsArray(), ring => Assert.InRange((int)ring!["mostWaiting"]!, 1, (int)ring["capacity"]!));
        Assert.Equal((1, 1), ((int)status["links"]!["configured"]!, (int)status["links"]!["connected"]!));

        using var client = new HttpClient();
        var metrics = await client.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/metrics"), Cancellation);
        Assert.Contains("of=\"wake_up\",quantile=\"0.99\",window=\"minute\"", metrics, StringComparison.Ordinal);
        Assert.Contains("ifedge_rings_most_waiting", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_service_it_says_how_to_start_one_and_ends_4()
    {
        var file = _workplace.Write(Cell());

        using var page = EdgeProcess.Start(_workplace.Folder, "status", file);

        Assert.Equal(4, page.WaitForExit(Limit));
        Assert.Contains($"no service answers on 127.0.0.1:{_httpPort}", page.Errors, StringComparison.Ordinal);
        Assert.Contains($"ifedge run --config {file}", page.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_shows_each_privilege()
    {
        using var doctor = EdgeProcess.Start(_workplace.Folder, "doctor", _workplace.Write(Cell()));

        doctor.WaitForExit(Limit);
        var said = doctor.Output.Split('\n').Where(line => line.Contains(" real-time: ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, said.Length);
        Assert.Contains(said, line => line.Contains("real-time priority (SCHED_FIFO 80): ", StringComparison.Ordinal));
        Assert.All(said.Where(line => line.StartsWith("warning", StringComparison.Ordinal)), line => Assert.Contains("to grant: ", line, StringComparison.Ordinal));
    }

    private JsonObject Cell()
    {
        var device = Configurations.Registers(Configurations.Tcp(_slavePort), Registers, "50ms");
        var cell = Configurations.WithBroker(Configurations.Cell(device, $"mqtt://127.0.0.1:{_brokerPort}", Configurations.Embedded(), _httpPort), _brokerPort);
        cell["sampling"] = new JsonObject { ["tick"] = "2ms" };
        return cell;
    }

    private async Task<bool> HasSpooledAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient();
        try
        {
            var ledger = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/ledger"), cancellation))!;
            return (long)ledger["total"]!["spooled"]! >= 20;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
