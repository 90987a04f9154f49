using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Broker;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.App;

/// <summary>A running service whose sink takes commands, and which has no gate: it says so to who asks, on its pages, and writes nothing.</summary>
public sealed class CommandListenerRunTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Workplace _workplace = new();
    private readonly ModbusTcpListener _machine = new(new CountingRegisters(), 1, new IPEndPoint(IPAddress.Loopback, 0));
    private readonly int _httpPort = FreePort.Next();
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _machine.Dispose();
        _workplace.Dispose();
    }

    [Fact]
    public async Task Without_commands_in_the_configuration_a_request_is_refused_by_the_switch_and_counted()
    {
        await using var broker = await Mosquitto.StartProcessAsync("allow_anonymous true", Cancellation);
        using var edge = EdgeProcess.Start(_workplace.Folder, "run", _workplace.Write(Cell(broker.Port)));
        await Until.TrueAsync("the listener to hear", Limit, async token => (await ListenerAsync(token))?["connected"]?.GetValue<bool>() ?? false, Cancellation);
        string[] at = ["-h", "127.0.0.1", "-p", broker.Port.ToString(CultureInfo.InvariantCulture), "-V", "5", "-q", "1"];

        var answer = await BrokerScene.RunAsync("mosquitto_rr", [
            .. at, "-t", "edge/v1/g/e/plc/command/martin", "-e", "edge/v1/g/e/result/martin/1", "-D", "publish", "message-expiry-interval", "5", "-m", """{"command":"speed","id":"a1"}""", "-W", "10"]);

        Assert.True(answer.ExitCode == 0, answer.Errors);
        var json = JsonNode.Parse(answer.Output)!;
        Assert.Equal(("a1", "refused", "switch"), ((string?)json["id"], (string?)json["outcome"], (string?)json["rule"]));
        var listener = (await ListenerAsync(Cancellation))!;
        Assert.Equal((1, 1, "5"), ((int)listener["requests"]!, (int)listener["refused"]!["switch"]!, (string?)listener["mqtt"]));
        var metrics = await _client.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/metrics"), Cancellation);
        Assert.Contains("ifedge_listener_refused_total{", metrics, StringComparison.Ordinal);
        Assert.Contains("rule=\"switch\"", metrics, StringComparison.Ordinal);
    }

    private JsonObject Cell(int brokerPort)
    {
        var cell = Configurations.Cell(Configurations.Registers(Configurations.Tcp(_machine.EndPoint.Port), 2, "50ms"), $"mqtt://127.0.0.1:{brokerPort}", Configurations.Embedded(), _httpPort);
        (cell["group"], cell["edge"]) = ("g", "e");
        var sink = cell["sinks"]!.AsObject().First().Value!;
        File.WriteAllText(_workplace.PathOf("password"), "any");
        (sink["commands"], sink["user"], sink["password"]) = (true, "edge1", "file:password");
        return cell;
    }

    private async Task<JsonNode?> ListenerAsync(CancellationToken cancellation)
    {
        try
        {
            return JsonNode.Parse(await _client.GetStringAsync(new Uri($"http://127.0.0.1:{_httpPort}/status"), cancellation))!["listeners"]!.AsArray().SingleOrDefault();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
