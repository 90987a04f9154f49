namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>One node of a cluster of nats-server with an MQTT listener: a process, which can be killed.</summary>
public sealed class NatsNode : RealServer
{
    private readonly Uri _health;

    private NatsNode(IServerHost host, int monitorPort)
        : base(host) =>
        _health = new Uri($"http://127.0.0.1:{monitorPort}/healthz");

    /// <summary>Where MQTT clients find it.</summary>
    public string Url => $"mqtt://{HostName}:{Port}";

    /// <summary>True when it says itself that its streams are up to date: the moment from which another node may be missing.</summary>
    public Task<bool> IsHealthyAsync(CancellationToken cancellation) => HttpProbe.SucceedsAsync(_health, cancellation);

    /// <param name="number">Which one it is, from 0.</param>
    /// <param name="routePorts">The ports on which the nodes speak to each other, of all of them.</param>
    /// <param name="cancellation">Gives up.</param>
    internal static async Task<NatsNode> StartAsync(int number, IReadOnlyList<int> routePorts, CancellationToken cancellation)
    {
        var (clientPort, monitorPort) = (FreePort.Next(), FreePort.Next());
        return new NatsNode(await StartAsProcessAsync(Recipe(number, routePorts, clientPort, monitorPort), cancellation), monitorPort);
    }

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
            server_name: node{{number + 1}}
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
