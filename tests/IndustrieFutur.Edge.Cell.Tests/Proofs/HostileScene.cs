using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A cell with an isolated sampler that takes commands over HTTP and from a broker where anybody may write anything, and whoever wishes it ill.</summary>
internal sealed class HostileScene : IAsyncDisposable
{
    /// <summary>Small, so that its end is reached.</summary>
    private const int AuditMegabytes = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LaxBroker _broker;
    private readonly CancellationToken _cancellation;

    private HostileScene(LaxBroker broker, GuardScene guards, MqttCommander first, MqttCommander second, CancellationToken cancellation) =>
        (_broker, Guards, First, Second, _cancellation) = (broker, guards, first, second, cancellation);

    public GuardScene Guards { get; }

    public CommandSite Site => Guards.Site;

    public CommandMachine Machine => Guards.Machine;

    /// <summary>One connection to the broker.</summary>
    public MqttCommander First { get; }

    /// <summary>Another.</summary>
    public MqttCommander Second { get; }

    public int BrokerPort => _broker.Port;

    /// <summary>What the audit may take of the disk: its limit, and a line.</summary>
    public static long AuditBytesMax => (AuditMegabytes << 20) + 16_384;

    /// <summary>What it takes now.</summary>
    public long AuditBytes => new DirectoryInfo(Guards.Audit).EnumerateFiles().Sum(file => file.Length);

    public static async Task<HostileScene> StartAsync(CancellationToken cancellation)
    {
        var broker = await LaxBroker.StartAsync(cancellation);
        GuardScene? guards = null;
        try
        {
            guards = await GuardScene.StartAsync(
                isIsolated: true,
                cell =>
                {
                    broker.Join(cell);
                    cell["commands"]!["auditMegabytes"] = AuditMegabytes;
                    if (OtherMachine.SamplerCore is { } core)
                    {
                        cell["sampling"]!["cpu"] = core;
                    }
                },
                cancellation);
            var first = await MqttCommander.ConnectAsync(broker.Port, "one", cancellation);
            var scene = new HostileScene(broker, guards, first, await MqttCommander.ConnectAsync(broker.Port, "two", cancellation), cancellation);
            await scene.HearsAsync();
            return scene;
        }
        catch
        {
            guards?.Dispose();
            await broker.DisposeAsync();
            throw;
        }
    }

    public static string Topic(string user) => MqttCommander.Topic("plc", user);

    /// <summary>Says it over MQTT as whoever, and returns the answer.</summary>
    public Task<JsonObject> SayAsync(string user, string body) => First.AskAsync(Topic(user), Encoding.UTF8.GetBytes(body), _cancellation);

    public Task<JsonObject> SayAsync(string user, JsonObject request) => First.AskAsync(Topic(user), request, _cancellation);

    /// <summary>An orderly stop and a start; all sessions are gone, and whoever is honest logs in again.</summary>
    public async Task RestartAsync()
    {
        Site.Stop();
        await Site.RunAsync(_cancellation);
        await Guards.LogInAsync();
        await HearsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        First.Dispose();
        Second.Dispose();
        Guards.Dispose();
        await _broker.DisposeAsync();
    }

    /// <summary>Waits until the door of MQTT is open.</summary>
    private Task HearsAsync() => Until.TrueAsync(
        "the service to hear commands of the broker",
        Patience,
        async token => (await Site.Page.WholeStatusAsync(token))["listeners"]![0]!["connected"]!.GetValue<bool>(),
        _cancellation);
}
