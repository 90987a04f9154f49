namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Three nodes of nats-server that are one MQTT broker: what it acknowledged, two of them have.</summary>
internal sealed class NatsCluster : IAsyncDisposable
{
    private const int Size = 3;

    /// <summary>Streams choose a leader anew within 4 to 9 s (nats-server's election timeout); the rest is for a busy machine.</summary>
    private static readonly TimeSpan ElectionDeadline = TimeSpan.FromSeconds(40);

    /// <summary>What a broker of MQTT keeps: messages on their way, retained ones, sessions.</summary>
    private static readonly string[] Streams = ["$MQTT_msgs", "$MQTT_rmsgs", "$MQTT_sess"];

    private readonly SiteClusterFiles _files;

    private NatsCluster(SiteClusterFiles files, NatsNode[] nodes) => (_files, Nodes) = (files, nodes);

    public IReadOnlyList<NatsNode> Nodes { get; }

    /// <summary>The authority of the nodes' certificates.</summary>
    public string CaFile => _files.CaFile;

    /// <summary>What <see cref="SiteClusterFiles.OthersUser"/> logs in with.</summary>
    public string OthersPasswordFile => _files.OthersPasswordFile;

    /// <summary>Starts all nodes. They are one as soon as they have chosen a leader; until then clients are kept waiting.</summary>
    public static async Task<NatsCluster> StartAsync(CancellationToken cancellation)
    {
        var files = new SiteClusterFiles(Size);
        var starting = Enumerable.Range(0, Size).Select(node => NatsNode.StartAsync(node, files, cancellation)).ToArray();
        try
        {
            return new NatsCluster(files, await Task.WhenAll(starting));
        }
        catch
        {
            foreach (var started in starting.Where(one => one.IsCompletedSuccessfully))
            {
                await (await started).DisposeAsync();
            }

            files.Dispose();
            throw;
        }
    }

    /// <summary>Waits until every node has all streams whole: from then on any one may be missing.</summary>
    public Task UntilWholeAsync(CancellationToken cancellation) =>
        Until.TrueAsync("every node of the cluster to be up to date", ElectionDeadline, IsWholeAsync, cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        _files.Dispose();
    }

    private async Task<bool> IsWholeAsync(CancellationToken cancellation)
    {
        var whole = await Task.WhenAll(Nodes.Select(node => node.WholeStreamsAsync(cancellation)));
        return Streams.All(whole.SelectMany(streams => streams).Contains);
    }
}
