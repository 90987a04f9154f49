namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Three nodes of nats-server that are one MQTT broker: what it acknowledged, two of them have.</summary>
public sealed class NatsCluster : IAsyncDisposable
{
    private const int Size = 3;

    /// <summary>Streams choose a leader anew within 4 to 9 s (nats-server's election timeout); the rest is for a busy machine.</summary>
    private static readonly TimeSpan ElectionDeadline = TimeSpan.FromSeconds(40);

    /// <summary>What a broker of MQTT keeps: messages on their way, retained ones, sessions.</summary>
    private static readonly string[] Streams = ["$MQTT_msgs", "$MQTT_rmsgs", "$MQTT_sess"];

    private NatsCluster(NatsNode[] nodes) => Nodes = nodes;

    public IReadOnlyList<NatsNode> Nodes { get; }

    /// <summary>Starts all nodes. They are one as soon as they have chosen a leader; until then clients are kept waiting.</summary>
    public static async Task<NatsCluster> StartAsync(CancellationToken cancellation)
    {
        int[] routePorts = [.. Enumerable.Range(0, Size).Select(_ => FreePort.Next())];
        return new NatsCluster(await Task.WhenAll(Enumerable.Range(0, Size).Select(number => NatsNode.StartAsync(number, routePorts, cancellation))));
    }

    /// <summary>Waits until every node has all streams whole: from then on any one may be missing.</summary>
    public Task UntilWholeAsync(CancellationToken cancellation) =>
        Until.TrueAsync("every node of the cluster to be up to date", ElectionDeadline, IsWholeAsync, cancellation);

    private async Task<bool> IsWholeAsync(CancellationToken cancellation)
    {
        var whole = await Task.WhenAll(Nodes.Select(node => node.WholeStreamsAsync(cancellation)));
        return Streams.All(whole.SelectMany(streams => streams).Contains);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }
    }
}
