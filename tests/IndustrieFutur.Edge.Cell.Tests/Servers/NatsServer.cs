namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>A real nats-server with its MQTT listener, which speaks 3.1.1 alone.</summary>
public sealed class NatsServer : RealServer
{
    private NatsServer(IServerHost host)
        : base(host)
    {
    }

    public static async Task<NatsServer> StartAsync(CancellationToken cancellation)
    {
        var clientPort = FreePort.Next();
        return new NatsServer(await StartAsProcessAsync(Recipe(clientPort), cancellation));
    }

    private static ServerRecipe Recipe(int clientPort) => new()
    {
        Name = "nats-server",
        Program = "nats-server",
        Package = "nats-server",
        ImageVariable = "EDGE_NATS_IMAGE",
        UpstreamImage = "nats:2.9",
        ContainerPort = 1883,
        Configuration = place => $$"""
            server_name: alone
            listen: "{{place.Address}}:{{clientPort}}"
            jetstream { store_dir: "{{place.Folder}}/jetstream", max_memory_store: 64MB, max_file_store: 256MB }
            mqtt { listen: "{{place.Address}}:{{place.Port}}" }

            """,
        Arguments = place => ["-c", place.ConfigurationFile],
    };
}
