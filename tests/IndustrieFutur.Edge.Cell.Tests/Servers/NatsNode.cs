using System.Text.Json.Nodes;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>One node of a cluster of nats-server with an MQTT listener: a process, which can be killed.</summary>
public sealed class NatsNode : RealServer
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Uri _streams;

    private NatsNode(IServerHost host, string name, int monitorPort)
        : base(host)
    {
        Name = name;
        _streams = new Uri($"http://127.0.0.1:{monitorPort}/jsz?streams=1");
    }

    /// <summary>Its name in the cluster.</summary>
    public string Name { get; }

    /// <summary>Where MQTT clients find it.</summary>
    public string Url => $"mqtt://{HostName}:{Port}";

    /// <summary>
    /// The streams that it leads and that all other nodes have whole. /healthz is no help here: a node that was started again says for minutes
    /// that a consumer of retained messages "is not current", while it is idle (2.9.10).
    /// </summary>
    internal async Task<IReadOnlyList<string>> WholeStreamsAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = JsonNode.Parse(await Http.GetStringAsync(_streams, cancellation))!;
            return [.. (answer["account_details"]?.AsArray() ?? [])
                .SelectMany(account => account!["stream_detail"]?.AsArray() ?? [])
                .Where(stream => IsWhole(stream!["cluster"]))
                .Select(stream => stream!["name"]!.GetValue<string>())];
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return [];
        }
    }

    /// <param name="number">Which one it is, from 0.</param>
    /// <param name="routePorts">The ports on which the nodes speak to each other, of all of them.</param>
    /// <param name="cancellation">Gives up.</param>
    internal static async Task<NatsNode> StartAsync(int number, IReadOnlyList<int> routePorts, CancellationToken cancellation)
    {
        var (clientPort, monitorPort) = (FreePort.Next(), FreePort.Next());
        return new NatsNode(await StartAsProcessAsync(Recipe(number, routePorts, clientPort, monitorPort), cancellation), NameOf(number), monitorPort);
    }

    private static string NameOf(int number) => $"node{number + 1}";

    /// <summary>Only a leader knows how far the others are.</summary>
    private bool IsWhole(JsonNode? group) =>
        group?["leader"]?.GetValue<string>() == Name && group["replicas"]!.AsArray().All(replica => replica!["current"]!.GetValue<bool>());

    /// <summary>As config/examples/site-cluster, but on loopback, and so without TLS and users.</summary>
    private static ServerRecipe Recipe(int number, IReadOnlyList<int> routePorts, int clientPort, int monitorPort) => new()
    {
        Name = $"nats-server node {number + 1}",
        Program = "nats-server",
        Package = "nats-server",
        ImageVariable = "EDGE_NATS_IMAGE",
        UpstreamImage = "nats:2.9",
        ContainerPort = 1883,
        Configuration = place => $$"""
            server_name: {{NameOf(number)}}
            listen: "{{place.Address}}:{{clientPort}}"
            http: "{{place.Address}}:{{monitorPort}}"
            jetstream { store_dir: "{{place.Folder}}/jetstream", max_memory_store: 256MB, max_file_store: 4GB }
            cluster {
              name: site
              listen: "{{place.Address}}:{{routePorts[number]}}"
              routes: [ {{string.Join(", ", routePorts.Select(port => $"\"nats://{place.Address}:{port}\""))}} ]
            }
            mqtt { listen: "{{place.Address}}:{{place.Port}}", stream_replicas: 3 }

            """,
        Arguments = place => ["-c", place.ConfigurationFile],
    };
}
