using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.App;

/// <summary>One cell with two sinks at two real brokers, of which one is killed and away for a while.</summary>
public sealed class SeveralSinksTests : IDisposable
{
    private const int Registers = 10;
    private const int SamplesMax = 1_000_000;

    /// <summary>Of 500 samples a second: what a historian confirms each second, with company and on a busy machine, lies well below.</summary>
    private const long LivePendingMax = 2_000;

    /// <summary>Twice that, so that one who waited for the other would be seen.</summary>
    private const long AwayPending = 4_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Workplace _workplace = new();
    private readonly ModbusTcpListener _machine = new(new CountingRegisters(), 1, new IPEndPoint(IPAddress.Loopback, 0));
    private readonly int _httpPort = FreePort.Next();
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _machine.Dispose();
        _workplace.Dispose();
    }

    [Fact]
    public async Task A_broker_that_is_away_makes_the_other_historian_no_later_and_in_the_end_both_have_everything()
    {
        await using var site = await Mosquitto.StartProcessAsync(Cancellation);
        await using var cloud = await Mosquitto.StartProcessAsync(Cancellation);
        var file = _workplace.Write(Configuration(site.Port, cloud.Port));
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", file, "--for", "28s", "--json");
        await Until.TrueAsync("samples stored by both", Limit, async token => (await SinkAsync("cloud", token)) is { Acknowledged: true, Pending: < LivePendingMax }, Cancellation);

        cloud.Kill();
        var most = 0L;
        await Until.TrueAsync("samples held for the broker that is away", Limit, async token => await IsHeldAsync(site: pending => most = Math.Max(most, pending), token), Cancellation);
        Assert.InRange(most, 0, LivePendingMax);
        using (var page = EdgeProcess.Start(_workplace.Folder, "status", file))
        {
            Assert.Equal(0, page.WaitForExit(Limit));
            Assert.Contains($"sink site mqtt://127.0.0.1:{site.Port} : relié/connected, stored", page.Output, StringComparison.Ordinal);
            Assert.Contains($"sink cloud mqtt://127.0.0.1:{cloud.Port} : absent/away", page.Output, StringComparison.Ordinal);
        }

        await cloud.RestartAsync(Cancellation);
        Assert.True(edge.WaitForExit(Limit) == 0, edge.Output + edge.Errors);

        Judge(edge.Ledger());
    }

    [Fact]
    public async Task After_a_kill_each_sink_goes_on_where_it_was()
    {
        await using var site = await Mosquitto.StartProcessAsync(Cancellation);
        await using var cloud = await Mosquitto.StartProcessAsync(Cancellation);
        var cell = Configuration(site.Port, cloud.Port);
        cell["sampling"] = new JsonObject { ["sampler"] = "isolated" };
        var file = _workplace.Write(cell);
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", file);
        using (var victim = Process.GetProcessById(edge.Id))
        {
            await Until.TrueAsync("samples stored by both", Limit, async token => (await SinkAsync("cloud", token)) is { Acknowledged: true, Pending: < LivePendingMax }, Cancellation);
            cloud.Kill();
            await Until.TrueAsync("samples held for the broker that is away", Limit, async token => await IsHeldAsync(site: _ => { }, token), Cancellation);
            victim.Kill();
            await victim.WaitForExitAsync(Cancellation);
        }

        using var again = EdgeProcess.Start(_workplace.Folder, "run", file, "--for", "12s", "--json");
        await Until.TrueAsync("the service to hold what the kill found for the one", Limit, async token => (await SinkAsync("cloud", token)) is { Pending: >= AwayPending }, Cancellation);
        await Until.TrueAsync("the other to be live", Limit, async token => (await SinkAsync("site", token)) is { Pending: < LivePendingMax }, Cancellation);
        await cloud.RestartAsync(Cancellation);
        Assert.True(again.WaitForExit(Limit) == 0, again.Output + again.Errors);

        Judge(again.Ledger());
    }

    /// <summary>Each register counts up once a read: both stores have 0, 1, 2 and so on, as far as was read.</summary>
    private void Judge(JsonObject ledger)
    {
        Assert.True((bool)ledger["balanced"]! && (bool)ledger["settled"]!, ledger.ToJsonString());
        Assert.Equal(0, (long)ledger["total"]!["dropped"]!);
        for (var register = 0; register < Registers; register++)
        {
            var produced = (int)(long)ledger["signals"]![$"plc/r{register}"]!["stored"]!;
            var expected = Enumerable.Range(0, produced).Select(value => (double)value);
            Assert.Equal(expected, Stored("h1", $"r{register}"));
            Assert.Equal(expected, Stored("h2", $"r{register}"));
        }
    }

    private async Task<bool> IsHeldAsync(Action<long> site, CancellationToken cancellation)
    {
        site((await SinkAsync("site", cancellation))?.Pending ?? 0);
        return await SinkAsync("cloud", cancellation) is { Pending: >= AwayPending };
    }

    /// <summary>What the running service says of a sink; null: it does not answer yet.</summary>
    private async Task<SinkSeen?> SinkAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var status = JsonNode.Parse(await _client.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/status"), cancellation))!;
            var sink = status["sinks"]!.AsArray().Single(sink => (string)sink!["id"]! == id)!;
            return new SinkSeen((long)sink["pending"]!, (bool)sink["connected"]! && (long)status["spool"]!["pending"]! > 0);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private double[] Stored(string historian, string signal)
    {
        using var reader = EmbeddedReader.Open(_workplace.PathOf($"data/historian-{historian}.db"));
        return [.. reader.Read(reader.Signals().Single(known => known.Signal == signal), 0, long.MaxValue, SamplesMax).Select(sample => sample.AsDouble)];
    }

    private JsonObject Configuration(int sitePort, int cloudPort)
    {
        var device = Configurations.Registers(Configurations.Tcp(_machine.EndPoint.Port), Registers, "20ms");
        var historians = new JsonObject { ["h1"] = new JsonObject { ["store"] = "embedded" } };
        var cell = Configurations.Cell(device, $"mqtt://127.0.0.1:{sitePort}", historians, _httpPort);
        historians["h2"] = new JsonObject { ["store"] = "embedded" };
        cell["sinks"]!["cloud"] = new JsonObject { ["sink"] = "mqtt", ["url"] = $"mqtt://127.0.0.1:{cloudPort}", ["historians"] = new JsonArray("h2") };
        return cell;
    }

    private sealed record SinkSeen(long Pending, bool Acknowledged);
}
