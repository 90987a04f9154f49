using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A machine, an edge that reads it, one mosquitto, and three historians (InfluxDB, VictoriaMetrics, embedded) in a process of their own, which can go and come.</summary>
internal sealed class BrokerKillSite : IAsyncDisposable
{
    public const int Registers = 10;

    private const string PollEvery = "20ms";

    /// <summary>It saves each 3 s (usual is half an hour), so that a round waits briefly for the window to begin; nothing is dropped for its number.</summary>
    private const string BrokerSettings = """
        allow_anonymous true
        persistence true
        autosave_interval 3
        max_queued_messages 0
        """;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly Workplace _workplace = new();
    private readonly ModbusTcpListener _machine = new(new CountingRegisters(), 1, new IPEndPoint(IPAddress.Loopback, 0));
    private readonly InfluxDb _influx;
    private readonly VictoriaMetrics _victoria;
    private readonly string _historianFile;
    private EdgeProcess? _historians;

    private BrokerKillSite(Mosquitto broker, InfluxDb influx, VictoriaMetrics victoria)
    {
        (Broker, _influx, _victoria) = (broker, influx, victoria);
        var httpPort = FreePort.Next();
        _historianFile = _workplace.PathOf("historians.json");
        File.Move(_workplace.Write(Configuration(0)), _historianFile);
        Edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Configuration(httpPort)));
        Numbers = new MetricsPage(httpPort, Edge);
    }

    public Mosquitto Broker { get; }

    public EdgeProcess Edge { get; }

    public MetricsPage Numbers { get; }

    public static async Task<BrokerKillSite> StartAsync(CancellationToken cancellation) => new(
        await Mosquitto.StartProcessAsync(BrokerSettings, cancellation), await InfluxDb.StartProcessAsync(cancellation), await VictoriaMetrics.StartProcessAsync(cancellation));

    public void HistoriansCome() => _historians = EdgeProcess.Start(_workplace.Folder, "historian", _historianFile);

    /// <summary>As for an update (SIGTERM), or as in a power cut (SIGKILL).</summary>
    public void HistoriansGo(bool inOrder)
    {
        using var historians = _historians!;
        _historians = null;
        if (inOrder)
        {
            End(historians);
            return;
        }

        Assert.False(historians.HasExited, historians.Errors);
        historians.Kill();
    }

    /// <summary>The machine says nothing any more.</summary>
    public void EndMachine() => _machine.Dispose();

    public static void End(EdgeProcess process)
    {
        process.Terminate();
        var exitCode = process.WaitForExit(StopLimit);
        Assert.True(exitCode == 0, $"exit {exitCode}: {process.Errors}");
    }

    /// <summary>What each store has of each signal in the order of time: a number, or null for what is Bad. For when nobody writes there any more.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?[]>>> ReadStoresAsync(CancellationToken cancellation)
    {
        var embedded = new Dictionary<string, double?[]>();
        StoredRows.Each(
            _workplace.PathOf("data"),
            (signal, samples) => embedded[signal] = [.. samples.Select(sample => StoredSeries.IsGood(sample) ? sample.AsDouble : (double?)null)]);
        return new Dictionary<string, IReadOnlyDictionary<string, double?[]>>
        {
            ["InfluxDB"] = ByKey(await _influx.ReadAllAsync("edge", cancellation)),
            ["VictoriaMetrics"] = ByKey(await _victoria.ReadAllAsync(cancellation)),
            ["the embedded store"] = embedded,
        };
    }

    public async ValueTask DisposeAsync()
    {
        Edge.Dispose();
        _historians?.Dispose();
        EndMachine();
        await Broker.DisposeAsync();
        await _influx.DisposeAsync();
        await _victoria.DisposeAsync();
        _workplace.Dispose();
    }

    private static Dictionary<string, double?[]> ByKey(IReadOnlyList<StoredPoint> points) => points
        .GroupBy(point => point.Key)
        .ToDictionary(group => group.Key, group => group.OrderBy(point => point.UtcNanos).Select(point => point.Value is null ? (double?)null : point.Number).ToArray());

    private static string UrlOf(Uri url) => url.ToString().TrimEnd('/');

    private JsonObject Configuration(int httpPort)
    {
        var historians = new JsonObject
        {
            ["influx"] = new JsonObject { ["store"] = "influx", ["url"] = UrlOf(_influx.Url), ["database"] = "edge", ["apart"] = true },
            ["victoria"] = new JsonObject { ["store"] = "victoria", ["url"] = UrlOf(_victoria.Url), ["apart"] = true },
            ["embedded"] = new JsonObject { ["store"] = "embedded", ["apart"] = true },
        };
        var device = Configurations.Registers(Configurations.Tcp(_machine.EndPoint.Port), Registers, PollEvery);
        return Configurations.Cell(device, $"mqtt://127.0.0.1:{Broker.Port}", historians, httpPort);
    }
}
