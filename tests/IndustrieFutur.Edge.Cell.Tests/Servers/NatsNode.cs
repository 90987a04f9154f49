using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>One node of the cluster of config/examples/site-cluster: a process, which can be killed.</summary>
internal sealed class NatsNode : RealServer
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly string _name;
    private readonly Uri _streams;

    private NatsNode(IServerHost host, string name, int clientPort, int monitorPort)
        : base(host)
    {
        (_name, ClientPort) = (name, clientPort);
        _streams = new Uri($"http://127.0.0.1:{monitorPort}/jsz?streams=1");
    }

    /// <summary>Where MQTT clients find it.</summary>
    public string Url => $"mqtts://{HostName}:{Port}";

    /// <summary>Where NATS' own clients find it.</summary>
    public int ClientPort { get; }

    public static async Task<NatsNode> StartAsync(int node, SiteClusterFiles files, CancellationToken cancellation)
    {
        var (clientPort, monitorPort) = (FreePort.Next(), FreePort.Next());
        var recipe = Recipe(place => files.Configuration(node, place, clientPort, monitorPort));
        return new NatsNode(await StartAsProcessAsync(recipe, cancellation), SiteClusterFiles.NameOf(node), clientPort, monitorPort);
    }

    /// <summary>The last message of a stream that this node itself has and, where it leads the stream, that there is; zeros when it does not say.</summary>
    public async Task<(ulong Has, ulong Leads)> LastOfAsync(string stream, CancellationToken cancellation)
    {
        var told = (await StreamsAsync(cancellation)).FirstOrDefault(one => one["name"]!.GetValue<string>() == stream);
        var last = told?["state"]?["last_seq"]?.GetValue<ulong>() ?? 0;
        return (last, told?["cluster"]?["leader"]?.GetValue<string>() == _name ? last : 0);
    }

    /// <summary>
    /// The streams that it leads and that all other nodes have whole. /healthz is no help here: a node that was started again says for minutes
    /// that a consumer of retained messages "is not current", while it is idle (2.9.10).
    /// </summary>
    public async Task<IReadOnlyList<string>> WholeStreamsAsync(CancellationToken cancellation) =>
        [.. (await StreamsAsync(cancellation)).Where(stream => IsWhole(stream["cluster"])).Select(stream => stream["name"]!.GetValue<string>())];

    private async Task<IReadOnlyList<JsonNode>> StreamsAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = JsonNode.Parse(await Http.GetStringAsync(_streams, cancellation))!;
            return [.. (answer["account_details"]?.AsArray() ?? []).SelectMany(account => account!["stream_detail"]?.AsArray() ?? []).Select(stream => stream!)];
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return [];
        }
    }

    /// <summary>Only a leader knows how far the others are.</summary>
    private bool IsWhole(JsonNode? group) =>
        group?["leader"]?.GetValue<string>() == _name
        && group["replicas"] is JsonArray replicas
        && replicas.All(replica => replica!["current"]!.GetValue<bool>());

    private static ServerRecipe Recipe(Func<ServerPlace, string> configuration) => new()
    {
        Name = "nats-server",
        Program = "nats-server",
        Package = "nats-server",
        ImageVariable = "EDGE_NATS_IMAGE",
        UpstreamImage = "nats:2.9",
        ContainerPort = 8883,
        Configuration = configuration,
        Arguments = place => ["-c", place.ConfigurationFile],
    };
}
