using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.App;

/// <summary><c>ifedge ledger verify --store</c> beside real stores: balanced while a service runs and after it was killed; what is done behind its back is named.</summary>
public sealed class LedgerVerifyTests
{
    private const int Registers = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_store_has_what_it_confirmed_and_a_row_deleted_or_added_is_named()
    {
        await using var mosquitto = await Mosquitto.StartProcessAsync(Cancellation);
        await using var influx = await InfluxDb.StartProcessAsync(Cancellation);
        await using var victoria = await VictoriaMetrics.StartProcessAsync(Cancellation);
        using var machine = new ModbusTcpListener(new CountingRegisters(), 1, new IPEndPoint(IPAddress.Loopback, 0));
        using var workplace = new Workplace();
        var httpPort = FreePort.Next();
        var file = workplace.Write(Configuration(machine, mosquitto, influx, victoria, httpPort));
        using (var edge = EdgeProcess.Start(workplace.Folder, "run", file))
        {
            await new MetricsPage(httpPort, edge).GrowsAsync("ifedge_samples_stored", Patience, Cancellation);
            Agrees(Verify(workplace, file), "service");
            using var victim = Process.GetProcessById(edge.Id);
            victim.Kill();
            await victim.WaitForExitAsync(Cancellation);
        }

        Agrees(Verify(workplace, file), "folder");
        Change(workplace.PathOf("data/historian-h1.db"));
        await WriteAsync(new Uri(influx.Url, "/write?db=edge&precision=ns"), "r2", gapFirst: 2);
        await WriteAsync(new Uri(victoria.Url, "/write?precision=ns"), "r3", gapFirst: 4);

        var (code, ledger) = Verify(workplace, file);

        Assert.Equal(1, code);
        Assert.Equal(
            ["doubled h1 r1 1", "doubled influx r2 1", "doubled victoria r3 1", "gaps influx  4", "gaps victoria  2", "lost h1 r0 1"],
            ledger["findings"]!.AsArray().Select(finding => $"{finding!["kind"]} {finding["historian"]} {finding["signal"]} {finding["count"]}").Order(StringComparer.Ordinal));
    }

    private static void Agrees((int Code, JsonObject Ledger) said, string from)
    {
        Assert.True(said.Code == 0, said.Ledger["findings"]!.ToJsonString());
        Assert.Equal(from, said.Ledger["from"]!.GetValue<string>());
        Assert.All(said.Ledger["stores"]!.AsObject(), store => Assert.InRange(store.Value!["compared"]!.GetValue<long>(), 1, long.MaxValue));
        Assert.Equal(3, said.Ledger["stores"]!.AsObject().Count);
    }

    private static (int Code, JsonObject Ledger) Verify(Workplace workplace, string file)
    {
        using var verb = EdgeProcess.Start(workplace.Folder, "ledger", "verify", file, "--store", "--json");
        return (verb.WaitForExit(Patience), verb.Ledger());
    }

    /// <summary>Takes a row from one signal and gives one to another, as a person with a database tool might.</summary>
    private static void Change(string store)
    {
        using var database = SqliteFile.Open(store, readOnly: false);
        database.Execute("DELETE FROM sample WHERE signal_id = (SELECT id FROM signal WHERE signal = 'r0') AND t = (SELECT MIN(t) FROM sample WHERE signal_id = (SELECT id FROM signal WHERE signal = 'r0'))");
        database.Execute("INSERT INTO sample (signal_id, t, v, q) SELECT signal_id, MIN(t) - 1000000000, 0, 0 FROM sample WHERE signal_id = (SELECT id FROM signal WHERE signal = 'r1')");
    }

    /// <summary>A row too many, and a gap row of numbers up to 5 that nobody dropped.</summary>
    private static async Task WriteAsync(Uri url, string signal, int gapFirst)
    {
        using var http = new HttpClient();
        var minuteAgo = TimeProvider.System.GetUtcNow().AddMinutes(-2).ToUnixTimeMilliseconds() * 1_000_000;
        var lines = $"telemetry,cell=proof/cell1,device=plc,signal={signal} i=7i,q=0i {minuteAgo}\n"
            + $"telemetry_gap,cell=proof/cell1,device=plc,epoch=00000000000000ab cause=1i,first={gapFirst}i,last=5i {minuteAgo}\n";
        using var line = new StringContent(lines, Encoding.UTF8);
        using var answer = await http.PostAsync(url, line, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static JsonObject Configuration(ModbusTcpListener machine, Mosquitto mosquitto, InfluxDb influx, VictoriaMetrics victoria, int httpPort)
    {
        var historians = Configurations.Embedded();
        historians["influx"] = new JsonObject { ["store"] = "influx", ["url"] = influx.Url.ToString().TrimEnd('/') };
        historians["victoria"] = new JsonObject { ["store"] = "victoria", ["url"] = victoria.Url.ToString().TrimEnd('/') };
        var device = Configurations.Registers(Configurations.Tcp(machine.EndPoint.Port), Registers, "20ms");
        return Configurations.Cell(device, $"mqtt://127.0.0.1:{mosquitto.Port}", historians, httpPort);
    }
}
