using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Protocols.Telemetry;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IndustrieFutur.Edge.App.Broker;

/// <summary>
/// An MQTT broker for a cell without one. Its sessions live in memory: that is harmless, because the edge keeps every sample until
/// the historian's watermark has passed it.
/// </summary>
internal sealed class EmbeddedBroker : IAsyncDisposable
{
    /// <summary>Messages that may wait for one slow client; beyond, its oldest are dropped, and the watermark has them sent again.</summary>
    private const int PendingMessagesMax = 10_000;

    private readonly EmbeddedBrokerOptions _options;
    private readonly Dictionary<string, byte[]> _passwords = [];
    private readonly MqttServer _server;

    /// <summary>Throws <see cref="InvalidOperationException"/> with a sentence when a certificate or a password cannot be had.</summary>
    public EmbeddedBroker(EmbeddedBrokerOptions options, string baseDirectory)
    {
        _options = options;
        foreach (var (name, user) in options.Users)
        {
            var password = user.Password!.Resolve(file => ReadFile(Path.Combine(baseDirectory, file)), out var error)
                ?? throw new InvalidOperationException($"The password of the broker's user {name} cannot be had: {error}.");
            _passwords[name] = SHA256.HashData(Encoding.UTF8.GetBytes(password));
        }

        _server = new MqttServerFactory().CreateMqttServer(Describe(options, baseDirectory));
        _server.ValidatingConnectionAsync += ValidateAsync;
        _server.InterceptingPublishAsync += GuardAsync;
    }

    public string Url => $"{(_options.CertificateFile is null ? "mqtt" : "mqtts")}://{_options.Address}:{_options.Port}";

    public bool IsStarted => _server.IsStarted;

    /// <summary>Throws <see cref="InvalidOperationException"/> when the port is taken.</summary>
    public async Task StartAsync()
    {
        try
        {
            await _server.StartAsync();
        }
        catch (Exception cause) when (cause is System.Net.Sockets.SocketException or IOException)
        {
            throw new InvalidOperationException(
                $"The broker cannot listen on {_options.Address}:{_options.Port}: {cause.Message}. Is another broker or another ifedge running? Change broker.port, or stop the other one.", cause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsStarted)
        {
            await _server.StopAsync(new MqttServerStopOptions());
        }

        _server.Dispose();
    }

    private static MqttServerOptions Describe(EmbeddedBrokerOptions options, string baseDirectory)
    {
        var address = IPAddress.Parse(options.Address);
        var builder = new MqttServerOptionsBuilder()
            .WithMaxPendingMessagesPerClient(PendingMessagesMax)
            .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage);
        var nowhere = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IPAddress.IPv6None : IPAddress.None;
        if (options.CertificateFile is null)
        {
            builder = builder.WithDefaultEndpoint().WithDefaultEndpointPort(options.Port);
            return (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
                ? builder.WithDefaultEndpointBoundIPAddress(address).WithDefaultEndpointBoundIPV6Address(nowhere)
                : builder.WithDefaultEndpointBoundIPAddress(nowhere).WithDefaultEndpointBoundIPV6Address(address)).Build();
        }

        builder = builder.WithoutDefaultEndpoint().WithEncryptedEndpoint().WithEncryptedEndpointPort(options.Port)
            .WithEncryptionCertificate(LoadCertificate(Path.Combine(baseDirectory, options.CertificateFile), Path.Combine(baseDirectory, options.KeyFile!)));
        return (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? builder.WithEncryptedEndpointBoundIPAddress(address).WithEncryptedEndpointBoundIPV6Address(nowhere)
            : builder.WithEncryptedEndpointBoundIPAddress(nowhere).WithEncryptedEndpointBoundIPV6Address(address)).Build();
    }

    private static X509Certificate2 LoadCertificate(string certificateFile, string keyFile)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"The broker's certificate {certificateFile} or its key {keyFile} cannot be used: {cause.Message}", cause);
        }
    }

    private static string? ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Task ValidateAsync(ValidatingConnectionEventArgs connection)
    {
        if (_passwords.Count > 0 && !IsKnown(connection.UserName, connection.Password))
        {
            connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        }

        return Task.CompletedTask;
    }

    private bool IsKnown(string? user, string? password) =>
        user is not null && password is not null && _passwords.TryGetValue(user, out var expected)
        && CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(password)));

    /// <summary>Only historians may say what is stored and ask for replays; where there are no users, everybody is this machine.</summary>
    private Task GuardAsync(InterceptingPublishEventArgs publish)
    {
        var isOurs = EdgeTopics.TryParse(publish.ApplicationMessage.Topic, out _, out _, out var rest);
        var isHistorians = isOurs
            && (rest.StartsWith("stored/", StringComparison.Ordinal) || rest.StartsWith("replay/", StringComparison.Ordinal));
        if (isHistorians && _options.Users.Count > 0)
        {
            publish.ProcessPublish = _options.Users.TryGetValue(publish.UserName ?? "", out var user) && user.Historian;
        }

        return Task.CompletedTask;
    }
}
