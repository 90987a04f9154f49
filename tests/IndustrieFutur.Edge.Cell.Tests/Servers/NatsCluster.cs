namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>Three nodes of nats-server that are one MQTT broker: what it acknowledged, two of them have.</summary>
internal sealed class NatsCluster : IAsyncDisposable
{
    private const int Size = 3;
    private const string Messages = "$MQTT_msgs";

    /// <summary>Streams choose a leader anew within 4 to 9 s (nats-server's election timeout); the rest is for a busy machine.</summary>
    private static readonly TimeSpan ElectionDeadline = TimeSpan.FromSeconds(40);

    /// <summary>What a broker of MQTT keeps: messages on their way, retained ones, sessions.</summary>
    private static readonly string[] Streams = [Messages, "$MQTT_rmsgs", "$MQTT_sess"];

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

    /// <summary>
    /// Waits until every node has all streams whole: from then on any one may be missing. A node that has stopped following (nats-server 2.9.10 may, after
    /// a kill: its leader calls it current, and its memory grows) is started again, as the example's service does. Returns how many were.
    /// </summary>
    public async Task<int> UntilWholeAsync(CancellationToken cancellation)
    {
        await Until.TrueAsync("every stream to have a leader and every node to be up to date by its word", ElectionDeadline, IsWholeAsync, cancellation);
        var reached = (await LastAsync(cancellation)).Max(last => last.Leads);
        var restarted = 0;
        for (var node = 0; node < Size; node++)
        {
            if (await FollowsAsync(node, reached, cancellation))
            {
                continue;
            }

            restarted++;
            Nodes[node].Kill();
            await Nodes[node].RestartAsync(cancellation);
            Assert.True(await FollowsAsync(node, reached, cancellation), $"node {node + 1} has been started again and does not follow the others");
        }

        return restarted;
    }

    /// <summary>
    /// Takes the subscriptions of QoS 1 to a subject (as NATS writes it) from those who have them, without a word to them: their connections live on, and
    /// nothing comes, as where one hangs on a node that does not follow.
    /// </summary>
    public async Task LoseSubscriptionsAsync(string subject, CancellationToken cancellation)
    {
        using var administrator = await NatsAdministrator.ConnectAsync(Nodes[0].ClientPort, cancellation);
        var consumers = (await administrator.AskAsync($"CONSUMER.LIST.{Messages}", cancellation))["consumers"]!.AsArray()
            .ToLookup(consumer => (string?)consumer!["config"]?["filter_subject"], consumer => (string?)consumer!["name"]);
        var lost = consumers[$"$MQTT.msgs.{subject}"].ToArray();
        Assert.True(lost.Length > 0, $"Nobody subscribes to {subject}; there are {string.Join(", ", consumers.Select(group => group.Key))}.");
        foreach (var name in lost)
        {
            await administrator.AskAsync($"CONSUMER.DELETE.{Messages}.{name}", cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        _files.Dispose();
    }

    /// <summary>Whether a node has by itself what its leader had before.</summary>
    private async Task<bool> FollowsAsync(int node, ulong reached, CancellationToken cancellation)
    {
        try
        {
            await Until.TrueAsync(
                $"node {node + 1} to follow", ElectionDeadline / 2, async token => (await Nodes[node].LastOfAsync(Messages, token)).Has >= reached, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private Task<(ulong Has, ulong Leads)[]> LastAsync(CancellationToken cancellation) =>
        Task.WhenAll(Nodes.Select(node => node.LastOfAsync(Messages, cancellation)));

    private async Task<bool> IsWholeAsync(CancellationToken cancellation)
    {
        var whole = await Task.WhenAll(Nodes.Select(node => node.WholeStreamsAsync(cancellation)));
        return Streams.All(whole.SelectMany(streams => streams).Contains);
    }
}
