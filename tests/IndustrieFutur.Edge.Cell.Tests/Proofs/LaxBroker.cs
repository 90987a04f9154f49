using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A real broker that lets everybody write everything under every name: the worst that its access list can be. A cell takes commands from it.</summary>
internal sealed class LaxBroker : IAsyncDisposable
{
    private readonly Workplace _secrets = new();
    private readonly Mosquitto _mosquitto;

    private LaxBroker(Mosquitto mosquitto)
    {
        _mosquitto = mosquitto;
        File.WriteAllText(_secrets.PathOf("password"), "any");
    }

    public int Port => _mosquitto.Port;

    private string Url => $"mqtt://127.0.0.1:{Port}";

    public static async Task<LaxBroker> StartAsync(CancellationToken cancellation) => new(await Mosquitto.StartProcessAsync("allow_anonymous true", cancellation));

    /// <summary>The cell's telemetry goes to this broker, and its commands come from it.</summary>
    public void Join(JsonObject cell)
    {
        cell.Remove("broker");
        var sink = cell["sinks"]!["site"]!.AsObject();
        (sink["url"], sink["commands"], sink["user"], sink["password"]) = (Url, true, "edge1", $"file:{_secrets.PathOf("password")}");
    }

    /// <summary>The cell is an edge node of Sparkplug here, too.</summary>
    public void JoinSparkplug(JsonObject cell) =>
        cell["sinks"]!["scada"] = new JsonObject { ["sink"] = "sparkplug", ["url"] = Url, ["groupId"] = "G", ["edgeNodeId"] = "E" };

    public async ValueTask DisposeAsync()
    {
        await _mosquitto.DisposeAsync();
        _secrets.Dispose();
    }
}
