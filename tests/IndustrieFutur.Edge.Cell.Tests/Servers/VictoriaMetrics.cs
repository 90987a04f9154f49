namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>A real single-node VictoriaMetrics, with the questions that tests ask of it.</summary>
public sealed class VictoriaMetrics : RealServer
{
    private VictoriaMetrics(IServerHost host)
        : base(host)
    {
    }

    public Uri Url => new($"http://{HostName}:{Port}");

    private VictoriaReader Reader => new(Url);

    public static async Task<VictoriaMetrics> StartAsync(CancellationToken cancellation) =>
        new(await StartAnywhereAsync(Recipe(), cancellation));

    /// <summary>Starts one that can be killed.</summary>
    public static async Task<VictoriaMetrics> StartProcessAsync(CancellationToken cancellation) =>
        new(await StartAsProcessAsync(Recipe(), cancellation));

    /// <summary>Points per signal ("device/signal").</summary>
    public Task<IReadOnlyDictionary<string, long>> CountBySignalAsync(CancellationToken cancellation) =>
        Reader.CountBySignalAsync(cancellation);

    /// <summary>Every point, by signal and time.</summary>
    public Task<IReadOnlyList<StoredPoint>> ReadAllAsync(CancellationToken cancellation) =>
        Reader.ReadAllAsync(cancellation);

    private static ServerRecipe Recipe() => new()
    {
        Name = "VictoriaMetrics",
        Program = "victoria-metrics",
        Package = "victoria-metrics",
        ImageVariable = "EDGE_TSDB_IMAGE",
        UpstreamImage = "victoriametrics/victoria-metrics:v1.79.5",
        ContainerPort = 8428,
        ImageHasEntryPoint = true,

        // Deduplication makes a replay harmless; without the latency offset a query sees what is there now; 100 years keep any test's times.
        Arguments = place =>
        [
            $"-storageDataPath={place.Folder}/data",
            $"-httpListenAddr={place.Address}:{place.Port}",
            "-dedup.minScrapeInterval=1ms",
            "-search.latencyOffset=0s",
            "-retentionPeriod=100y",
        ],
        ReadyPath = "/health",
    };
}
