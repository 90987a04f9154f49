namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Three nodes of nats-server that are one MQTT broker: what it acknowledged, two of them have.</summary>
public sealed class NatsCluster : IAsyncDisposable
{
    private const int Size = 3;

    /// <summary>Streams choose a leader anew within 4 to 9 s (nats-server's election timeout); the rest is for a busy machine.</summary>
    private static readonly TimeSpan ElectionDeadline = TimeSpan.FromSeconds(40);

    private NatsCluster(NatsNode[] nodes) => Nodes = nodes;

    public IReadOnlyList<NatsNode> Nodes { get; }

    /// <summary>Starts all nodes and waits until they are one.</summary>
    public static async Task<NatsCluster> StartAsync(CancellationToken cancellation)
    {
        int[] routePorts = [.. Enumerable.Range(0, Size).Select(_ => FreePort.Next())];
        var cluster = new NatsCluster(await Task.WhenAll(Enumerable.Range(0, Size).Select(number => NatsNode.StartAsync(number, routePorts, cancellation))));
        await cluster.UntilHealthyAsync(cancellation);
        return cluster;
    }

    /// <summary>Waits until every node says that it is up to date.</summary>
    public async Task UntilHealthyAsync(CancellationToken cancellation)
    {
        foreach (var node in Nodes)
        {
            await Until.TrueAsync($"{node.Url} to be up to date", ElectionDeadline, node.IsHealthyAsync, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }
    }
}
