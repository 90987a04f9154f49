using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Cell.Tests.Broker;
using IndustrieFutur.Edge.Cell.Tests.Northbound;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustrieFutur.Edge.Cell.Tests.Historian;

/// <summary>A historian that is not let in by a real broker: it says what happened, where, and which option to correct.</summary>
public sealed class HistorianBrokerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-historian-broker-").FullName;
    private readonly Authority _authority;

    public HistorianBrokerTests() => _authority = new Authority(_folder);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_another_pin_or_another_host_is_told()
    {
        var (server, key) = _authority.Issue("server");
        var (other, otherKey) = _authority.Issue("other", IPAddress.Parse("192.0.2.7"), TimeProvider.System.GetUtcNow().AddHours(1));
        using var stranger = new Authority(Directory.CreateDirectory(Path.Combine(_folder, "stranger")).FullName);
        using var otherCertificate = X509CertificateLoader.LoadCertificateFromFile(other);
        var (port, broker) = await StartAsync(server, key);
        await using var running = broker;
        var (otherPort, otherBroker) = await StartAsync(other, otherKey);
        await using var otherRunning = otherBroker;

        await SaysAsync(Sink("mqtts", port, ("caFile", stranger.CaFile)), "is not signed by the authority in", stranger.CaFile, $"127.0.0.1:{port}", "sink \"site\"");
        await SaysAsync(Sink("mqtts", port, ("pins", new JsonArray(otherCertificate.GetCertHashString(HashAlgorithmName.SHA256)))), "is not the one under \"pins\"");
        await SaysAsync(Sink("mqtts", otherPort, ("caFile", _authority.CaFile)), "does not name 127.0.0.1");
    }

    [Fact]
    public async Task Who_has_no_client_certificate_is_told_which_options_name_it()
    {
        var (server, key) = _authority.Issue("server");
        var (port, broker) = await StartAsync(server, key, $"cafile {_authority.CaFile}\nrequire_certificate true");
        await using var running = broker;

        await SaysAsync(Sink("mqtts", port, ("caFile", _authority.CaFile)), "client certificate", "\"certificateFile\" and \"keyFile\"", "sink \"site\"");
    }

    [Fact]
    public async Task A_wrong_password_names_the_options_that_are_read()
    {
        await using var scene = new BrokerScene();
        await scene.StartAsync();
        File.WriteAllText(Path.Combine(_folder, "wrong"), "wrong");
        var historian = new JsonObject { ["store"] = "embedded", ["brokerUser"] = "h1", ["brokerPassword"] = "file:wrong" };

        await SaysAsync(Sink("mqtt", scene.Port), historian, "refuses user or password", "\"brokerUser\" (h1) and \"brokerPassword\" of the historian \"h1\"");
        await SaysAsync(Sink("mqtt", scene.Port, ("user", "edge1"), ("password", "file:wrong")), "\"user\" (edge1) and \"password\" of the sink \"site\"");
        await SaysAsync(Sink("mqtt", scene.Port), "name \"brokerUser\" and \"brokerPassword\"");
    }

    [Fact]
    public async Task Plain_MQTT_at_a_TLS_port_and_a_port_without_a_broker_are_told()
    {
        var (server, key) = _authority.Issue("server");
        var (port, broker) = await StartAsync(server, key);
        await using var running = broker;
        var nobody = FreePort.Next();

        await SaysAsync(Sink("mqtt", port), "if this is its TLS port, write mqtts://");
        await SaysAsync(Sink("mqtt", nobody), $"no connection to the broker 127.0.0.1:{nobody}: No broker answers (Connection refused)");
    }

    private static JsonObject Sink(string scheme, int port, params (string Name, JsonNode Value)[] more)
    {
        var sink = new JsonObject { ["sink"] = "mqtt", ["url"] = $"{scheme}://127.0.0.1:{port}", ["confirm"] = "stored", ["historians"] = new JsonArray("h1") };
        foreach (var (name, value) in more)
        {
            sink[name] = value;
        }

        return sink;
    }

    private static async Task<(int Port, Mosquitto Broker)> StartAsync(string certificate, string key, string more = "")
    {
        var port = FreePort.Next();
        var broker = await Mosquitto.StartProcessAsync($"allow_anonymous true\nlistener {port} 127.0.0.1\ncertfile {certificate}\nkeyfile {key}\n{more}", Cancellation);
        await ListeningPort.OpenAsync(port, Cancellation);
        return (port, broker);
    }

    private Task SaysAsync(JsonObject sink, params string[] parts) => SaysAsync(sink, new JsonObject { ["store"] = "embedded" }, parts);

    private async Task SaysAsync(JsonObject sink, JsonObject options, params string[] parts)
    {
        var file = Path.Combine(_folder, "edge.json");
        var device = new JsonObject { ["driver"] = "modbus", ["tcp"] = new JsonObject { ["host"] = "127.0.0.1" }, ["unit"] = 1, ["addressBase"] = 0 };
        device["groups"] = JsonNode.Parse("""{ "all": { "interval": "1s", "signals": { "r": { "address": "holding:0", "type": "u16" } } } }""");
        var cell = new JsonObject { ["group"] = "g", ["edge"] = "e", ["data"] = "data", ["devices"] = new JsonObject { ["plc"] = device } };
        cell["sinks"] = new JsonObject { ["site"] = sink };
        cell["historians"] = new JsonObject { ["h1"] = options };
        await File.WriteAllTextAsync(file, cell.ToJsonString(), Cancellation);
        var reading = EdgeConfiguration.Load(file);
        Assert.True(reading.Configuration is not null, string.Join('\n', reading.Mistakes));
        var configuration = reading.Configuration;
        using var historian = HistorianHost.Create("h1", configuration.Options.Historians["h1"], configuration, TimeProvider.System, NullLoggerFactory.Instance);

        await historian.StartAsync(Cancellation);

        await Until.TrueAsync("the historian to say why", TimeSpan.FromSeconds(20), () => historian.Status.LastError.Length > 0, Cancellation);
        var said = historian.Status.LastError;
        await historian.StopAsync(Cancellation);
        Assert.All(parts, part => Assert.Contains(part, said, StringComparison.Ordinal));
        Assert.DoesNotContain("..", said, StringComparison.Ordinal);
        Assert.DoesNotContain("RemoteCertificateValidationCallback", said, StringComparison.Ordinal);
        Assert.EndsWith(".", said, StringComparison.Ordinal);
    }
}
