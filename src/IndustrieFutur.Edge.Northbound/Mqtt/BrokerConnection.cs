using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>Turns a configured broker into what MQTTnet needs to connect to it: address, TLS, log-in.</summary>
public static class BrokerConnection
{
    /// <summary>A peer that says nothing for one and a half times this is gone. 10 s notices a pulled cable soon, at no cost.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    /// <summary>Connect, subscribe and publish each have this long: a local broker answers in milliseconds.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>A key that others can read is no key: its mode must leave nothing to group and others.</summary>
    private const UnixFileMode OthersMay = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>
    /// Options for one MQTT 3.1.1 connection. Throws <see cref="InvalidOperationException"/> with a sentence when a secret or a
    /// certificate cannot be had: a person must act.
    /// </summary>
    /// <param name="options">The configured broker.</param>
    /// <param name="clientId">Unique at the broker: a second client of the same name takes the connection over.</param>
    /// <param name="baseDirectory">What relative file names are relative to.</param>
    /// <param name="clock">Says whether a certificate is outdated.</param>
    /// <param name="address">Which of the broker's addresses; the first one when absent.</param>
    public static MqttClientOptionsBuilder Describe(BrokerOptions options, string clientId, string baseDirectory, TimeProvider clock, string? address = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        address ??= options.Url;
        return Describe(options, address, clientId, baseDirectory, MqttProtocolVersion.V311, Trust(options, address, baseDirectory, clock), clock);
    }

    /// <summary>What decides on the broker's certificate. Throws <see cref="InvalidOperationException"/> when the authority's file is no such file.</summary>
    internal static BrokerTrust Trust(BrokerOptions options, string address, string baseDirectory, TimeProvider clock)
    {
        var authorities = new X509Certificate2Collection();
        if (options.CaFile is not null)
        {
            Try(options.CaFile, authorities.ImportFromPemFile, baseDirectory);
        }

        return options.CaFile is null || authorities.Count > 0
            ? new BrokerTrust(options, new Uri(address).DnsSafeHost, authorities, clock)
            : throw new InvalidOperationException($"The certificate file {Path.Combine(baseDirectory, options.CaFile)} holds no certificate; it must be PEM (-----BEGIN CERTIFICATE-----).");
    }

    /// <summary>Options for one connection of that version; a session of version 5 ends with its connection unless the caller says otherwise.</summary>
    internal static MqttClientOptionsBuilder Describe(
        BrokerOptions options, string address, string clientId, string baseDirectory, MqttProtocolVersion version, BrokerTrust trust, TimeProvider clock)
    {
        var url = new Uri(address);
        var builder = new MqttClientOptionsBuilder()
            .WithClientId(clientId)
            .WithProtocolVersion(version)
            .WithCleanSession()
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(Timeout);
        builder = url.Scheme is "ws" or "wss"
            ? builder.WithWebSocketServer(server => server.WithUri(address))
            : builder.WithTcpServer(url.DnsSafeHost, url.Port > 0 ? url.Port : BrokerOptions.IsSecure(url) ? 8883 : 1883);
        if (options.User is not null && options.Password is not null)
        {
            var secret = options.Password.Resolve(name => ReadFile(Path.Combine(baseDirectory, name)), out var error);
            builder = secret is null
                ? throw new InvalidOperationException($"The password of the broker {address} cannot be had: {error}.")
                : builder.WithCredentials(options.User, secret);
        }

        return BrokerOptions.IsSecure(url)
            ? builder.WithTlsOptions(tls => Secure(tls.UseTls().WithTargetHost(url.DnsSafeHost), options, baseDirectory, trust, clock))
            : builder;
    }

    /// <summary>Asks the broker something within the limit: MQTTnet's own does not hold where a stop can cancel. Throws <see cref="TimeoutException"/> with a sentence.</summary>
    internal static async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(Timeout);
        try
        {
            return await ask(limit.Token);
        }
        catch (Exception) when (limit.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It takes connections and gives no answer within {Timeout.TotalSeconds:0} s: is it an MQTT broker?");
        }
    }

    private static void Secure(MqttClientTlsOptionsBuilder tls, BrokerOptions options, string baseDirectory, BrokerTrust trust, TimeProvider clock)
    {
        // One judge for TCP and WebSocket: MQTTnet's own trust chain does not hold for the latter.
        tls.WithCertificateValidationHandler(shown => trust.Accept(shown.Certificate, shown.Chain, shown.SslPolicyErrors))
            .WithRevocationMode(X509RevocationMode.NoCheck);
        if (options.CertificateFile is not null && options.KeyFile is not null)
        {
            tls.WithClientCertificates([LoadPair(options.CertificateFile, options.KeyFile, baseDirectory, clock)]);
        }
    }

    private static X509Certificate2 LoadPair(string certificateFile, string keyFile, string baseDirectory, TimeProvider clock)
    {
        X509Certificate2? pair = null;
        CheckMode(Path.Combine(baseDirectory, keyFile));
        Try(certificateFile, certificate => Try(keyFile, key => pair = Pair(certificate, key), baseDirectory), baseDirectory);
        return clock.GetUtcNow() <= pair!.NotAfter
            ? pair
            : throw new InvalidOperationException($"The client certificate {Path.Combine(baseDirectory, certificateFile)} expired on {pair.NotAfter.ToUniversalTime():yyyy-MM-dd}; have a new one issued.");
    }

    private static X509Certificate2 Pair(string certificateFile, string keyFile)
    {
        using var pair = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);

        // Windows' TLS does not take a key that lives in memory only.
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
    }

    private static void CheckMode(string keyFile)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(keyFile) && (File.GetUnixFileMode(keyFile) & OthersMay) != 0)
        {
            throw new InvalidOperationException($"Others may read the key {keyFile}, so it is not used; run: chmod 600 {keyFile}");
        }
    }

    private static void Try(string file, Action<string> read, string baseDirectory)
    {
        var full = Path.Combine(baseDirectory, file);
        try
        {
            read(full);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new InvalidOperationException($"The certificate file {full} cannot be used: {cause.Message}", cause);
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
}
