using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>Connections to a real mosquitto: versions, limits, TLS in all its ways to fail, WebSocket.</summary>
public sealed class BrokerSessionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-broker-").FullName;
    private readonly Authority _authority;

    public BrokerSessionTests() => _authority = new Authority(_folder);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Version_5_is_spoken_and_the_limits_of_the_broker_are_known()
    {
        await using var broker = await Mosquitto.StartProcessAsync("allow_anonymous true\nmax_inflight_messages 3\nmax_packet_size 4000", Cancellation);

        using var session = await OpenAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{broker.Port}" });

        Assert.Equal("5", session.VersionText);
        Assert.Equal(3, session.ReceiveMax);
        Assert.Equal(4000, session.PacketBytesMax);
        Assert.Empty(session.FallBack);
    }

    [Fact]
    public async Task Version_3_1_1_is_spoken_when_it_is_asked_for()
    {
        await using var broker = await Mosquitto.StartProcessAsync("allow_anonymous true", Cancellation);

        using var session = await OpenAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{broker.Port}", Version = "3.1.1" });

        Assert.Equal("3.1.1", session.VersionText);
        Assert.Equal(ushort.MaxValue, session.ReceiveMax);
    }

    [Fact]
    public async Task A_broker_that_speaks_3_1_1_only_is_asked_again_and_that_is_told()
    {
        await using var broker = await NatsServer.StartAsync(Cancellation);

        using var session = await OpenAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{broker.Port}" });

        Assert.Equal("3.1.1", session.VersionText);
        Assert.Contains("does not speak this version", session.FallBack, StringComparison.Ordinal);
        Assert.True(session.Client.IsConnected);
    }

    [Theory]
    [InlineData("mqtts", false)]
    [InlineData("mqtts", true)]
    [InlineData("wss", false)]
    [InlineData("wss", true)]
    public async Task A_certificate_of_the_plants_authority_or_one_that_is_pinned_is_taken(string scheme, bool isPinned)
    {
        var (server, key) = _authority.Issue("server");
        var (port, broker) = await StartAsync(server, key, scheme);
        await using var running = broker;
        var url = Url(scheme, port);
        var options = isPinned
            ? new MqttSinkOptions { Url = url, Pins = [HashOf(server)] }
            : new MqttSinkOptions { Url = url, CaFile = _authority.CaFile };

        using var session = await OpenAsync(options);

        Assert.True(session.Client.IsConnected);
        Assert.NotNull(session.CertificateValidUntil);
    }

    [Fact]
    public async Task A_pinned_public_key_is_taken_and_with_an_authority_both_must_hold()
    {
        var (server, key) = _authority.Issue("server");
        var (port, broker) = await StartAsync(server, key, "mqtts");
        await using var running = broker;
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(server);
        var keyPin = Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
        using var stranger = new Authority(Directory.CreateDirectory(Path.Combine(_folder, "stranger")).FullName);

        using var session = await OpenAsync(new MqttSinkOptions { Url = Url("mqtts", port), Pins = [keyPin] });
        var refusal = await RefusedAsync(new MqttSinkOptions { Url = Url("mqtts", port), Pins = [keyPin], CaFile = stranger.CaFile });

        Assert.True(session.Client.IsConnected);
        Assert.Contains("is not signed by the authority", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mqtts")]
    [InlineData("wss")]
    public async Task A_certificate_of_an_authority_below_the_plants_is_taken(string scheme)
    {
        var (server, key) = _authority.IssueByIntermediate("server");
        var (port, broker) = await StartAsync(server, key, scheme);
        await using var running = broker;

        using var session = await OpenAsync(new MqttSinkOptions { Url = Url(scheme, port), CaFile = _authority.CaFile });

        Assert.True(session.Client.IsConnected);
    }

    [Fact]
    public async Task A_certificate_that_was_made_for_clients_is_no_brokers()
    {
        var (server, key) = _authority.Issue("server", new Oid("1.3.6.1.5.5.7.3.2"));
        var (port, broker) = await StartAsync(server, key, "mqtts");
        await using var running = broker;

        var refusal = await RefusedAsync(new MqttSinkOptions { Url = Url("mqtts", port), CaFile = _authority.CaFile });

        Assert.Contains("is not made for a server", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mqtts")]
    [InlineData("wss")]
    public async Task A_certificate_that_nobody_known_signed_is_refused_with_the_pin_to_write(string scheme)
    {
        var (server, key) = _authority.Issue("server");
        var (port, broker) = await StartAsync(server, key, scheme);
        await using var running = broker;

        var refusal = await RefusedAsync(new MqttSinkOptions { Url = Url(scheme, port) });

        Assert.True(refusal.IsRefusal);
        Assert.Contains("No authority that this machine knows", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(HashOf(server), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Aucune autorité", refusal.French, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_certificate_than_the_pinned_one_is_refused()
    {
        var (server, key) = _authority.Issue("server");
        var (other, _) = _authority.Issue("other");
        var (port, broker) = await StartAsync(server, key, "mqtts");
        await using var running = broker;

        var refusal = await RefusedAsync(new MqttSinkOptions { Url = Url("mqtts", port), CaFile = _authority.CaFile, Pins = [HashOf(other)] });

        Assert.Contains("is not the one under \"pins\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_with_its_day_even_when_it_is_pinned()
    {
        var (server, key) = _authority.Issue("server", IPAddress.Loopback, TimeProvider.System.GetUtcNow().AddHours(-1));
        var (port, broker) = await StartAsync(server, key, "mqtts");
        await using var running = broker;

        var signed = await RefusedAsync(new MqttSinkOptions { Url = Url("mqtts", port), CaFile = _authority.CaFile });
        var pinned = await RefusedAsync(new MqttSinkOptions { Url = Url("mqtts", port), Pins = [HashOf(server)] });

        Assert.Contains("expired on", signed.Message, StringComparison.Ordinal);
        Assert.Contains("a expiré le", signed.French, StringComparison.Ordinal);
        Assert.Contains("expired on", pinned.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_refused_unless_it_is_pinned_and_the_host_is_of_no_interest()
    {
        var (server, key) = _authority.Issue("server", IPAddress.Parse("192.0.2.7"), TimeProvider.System.GetUtcNow().AddHours(1));
        var (port, broker) = await StartAsync(server, key, "mqtts");
        await using var running = broker;

        var signed = await RefusedAsync(new MqttSinkOptions { Url = Url("mqtts", port), CaFile = _authority.CaFile });
        var pinned = await RefusedAsync(new MqttSinkOptions { Url = Url("mqtts", port), Pins = [HashOf(server)] });
        using var session = await OpenAsync(new MqttSinkOptions { Url = Url("mqtts", port), Pins = [HashOf(server)], CheckHost = false });

        Assert.Contains("does not name 127.0.0.1", signed.Message, StringComparison.Ordinal);
        Assert.Contains("does not name 127.0.0.1", pinned.Message, StringComparison.Ordinal);
        Assert.True(session.Client.IsConnected);
    }

    [Theory]
    [InlineData("mqtts")]
    [InlineData("wss")]
    public async Task A_broker_that_asks_for_a_client_certificate_gets_it_and_who_has_none_is_told(string scheme)
    {
        var (server, key) = _authority.Issue("server");
        var (client, clientKey) = _authority.Issue("client");
        var (port, broker) = await StartAsync(server, key, scheme, $"cafile {_authority.CaFile}\nrequire_certificate true");
        await using var running = broker;

        using var session = await OpenAsync(new MqttSinkOptions { Url = Url(scheme, port), CaFile = _authority.CaFile, CertificateFile = client, KeyFile = clientKey });
        var refusal = await RefusedAsync(new MqttSinkOptions { Url = Url(scheme, port), CaFile = _authority.CaFile });

        Assert.True(session.Client.IsConnected);
        Assert.Contains("client certificate", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_others_may_read_is_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Debug.Assert(!OperatingSystem.IsWindows());
        var (client, clientKey) = _authority.Issue("client");
        File.SetUnixFileMode(clientKey, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => OpenAsync(new MqttSinkOptions { Url = "mqtts://127.0.0.1:1", CertificateFile = client, KeyFile = clientKey }));

        Assert.Contains($"chmod 600 {clientKey}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WebSocket_is_opened_at_its_path()
    {
        var port = FreePort.Next();
        await using var broker = await Mosquitto.StartProcessAsync($"allow_anonymous true\nlistener {port} 127.0.0.1\nprotocol websockets", Cancellation);
        await ListeningPort.OpenAsync(port, Cancellation);

        using var session = await OpenAsync(new MqttSinkOptions { Url = Url("ws", port) });

        Assert.Equal("5", session.VersionText);
        Assert.True(session.Client.IsConnected);
    }

    [Fact]
    public async Task A_port_without_a_broker_and_one_without_TLS_are_told_apart()
    {
        await using var broker = await Mosquitto.StartProcessAsync("allow_anonymous true", Cancellation);

        var absent = await RefusedAsync(new MqttSinkOptions { Url = $"mqtt://127.0.0.1:{FreePort.Next()}" });
        var clear = await RefusedAsync(new MqttSinkOptions { Url = $"mqtts://127.0.0.1:{broker.Port}", CaFile = _authority.CaFile });
        var noWebSocket = await RefusedAsync(new MqttSinkOptions { Url = $"ws://127.0.0.1:{broker.Port}/mqtt" });

        Assert.Contains("No broker answers", absent.Message, StringComparison.Ordinal);
        Assert.Contains("TLS", clear.Message, StringComparison.Ordinal);
        Assert.Contains("WebSocket", noWebSocket.Message, StringComparison.Ordinal);
    }

    private static string Url(string scheme, int port) => $"{scheme}://127.0.0.1:{port}" + (scheme.StartsWith('w') ? "/mqtt" : "");

    private static string HashOf(string certificateFile)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(certificateFile);
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }

    private static async Task<(int Port, Mosquitto Broker)> StartAsync(string certificate, string key, string scheme, string more = "")
    {
        var port = FreePort.Next();
        var broker = await Mosquitto.StartProcessAsync(
            $"""
            allow_anonymous true
            listener {port} 127.0.0.1
            protocol {(scheme == "wss" ? "websockets" : "mqtt")}
            certfile {certificate}
            keyfile {key}
            {more}
            """,
            Cancellation);
        await ListeningPort.OpenAsync(port, Cancellation);
        return (port, broker);
    }

    private Task<BrokerSession> OpenAsync(MqttSinkOptions options) =>
        BrokerSession.OpenAsync(options, options.Url, "edge-test", _folder, TimeProvider.System, (builder, _) => builder, null, Cancellation);

    private Task<BrokerException> RefusedAsync(MqttSinkOptions options) => Assert.ThrowsAsync<BrokerException>(() => OpenAsync(options));
}
