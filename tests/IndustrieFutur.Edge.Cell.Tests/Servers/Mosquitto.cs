namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>A real mosquitto broker.</summary>
public sealed class Mosquitto : RealServer
{
    /// <summary>
    /// Anonymous, durable sessions, nothing dropped by the broker itself: max_queued_messages 0 lifts its silent limit of 1,000, and
    /// an autosave each 5 s gives a kill a window in which acknowledged messages are lost.
    /// </summary>
    public const string DefaultSettings = """
        allow_anonymous true
        persistence true
        autosave_interval 5
        max_inflight_messages 100
        max_queued_messages 0
        """;

    /// <summary>It saves each few seconds; the rest is for a busy machine.</summary>
    private static readonly TimeSpan SaveDeadline = TimeSpan.FromSeconds(30);

    private Mosquitto(IServerHost host)
        : base(host)
    {
    }

    /// <summary>Starts a broker wherever EDGE_SERVERS says. Settings must not name files: a container would not see them.</summary>
    public static async Task<Mosquitto> StartAsync(string settings, CancellationToken cancellation) =>
        new(await StartAnywhereAsync(Recipe(settings), cancellation));

    public static Task<Mosquitto> StartAsync(CancellationToken cancellation) => StartAsync(DefaultSettings, cancellation);

    /// <summary>Starts a broker that can be killed. Settings may name files, and a second listener.</summary>
    public static async Task<Mosquitto> StartProcessAsync(string settings, CancellationToken cancellation) =>
        new(await StartAsProcessAsync(Recipe(settings), cancellation));

    public static Task<Mosquitto> StartProcessAsync(CancellationToken cancellation) => StartProcessAsync(DefaultSettings, cancellation);

    /// <summary>Waits until it has saved its sessions and queues once more: what it takes from now on lies in its memory alone, for an interval.</summary>
    public Task UntilSavedAsync(CancellationToken cancellation)
    {
        var file = new FileInfo(Path.Combine(Folder, "mosquitto.db"));
        var before = file.Exists ? file.LastWriteTimeUtc : DateTime.MinValue;
        return Until.TrueAsync("mosquitto to save its sessions", SaveDeadline, () => IsNewer(file, before), cancellation);
    }

    private static bool IsNewer(FileInfo file, DateTime before)
    {
        file.Refresh();
        return file.Exists && file.LastWriteTimeUtc > before;
    }

    private static ServerRecipe Recipe(string settings) => new()
    {
        Name = "mosquitto",
        Program = "mosquitto",
        Package = "mosquitto",
        ImageVariable = "EDGE_MQTT_IMAGE",
        UpstreamImage = "eclipse-mosquitto:2.0",
        ContainerPort = 1883,
        ContainerConfigurationPath = "/mosquitto/config/mosquitto.conf",

        // Started by root it would become the user mosquitto, who may not write to the test's folder.
        Configuration = place => $"""
            listener {place.Port} {place.Address}
            {settings}
            user root
            persistence_location {place.Folder}/

            """,
        Arguments = place => ["-c", place.ConfigurationFile],
    };
}
