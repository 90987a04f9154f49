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
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Options for one connection. Throws <see cref="InvalidOperationException"/> with a sentence when a secret or a certificate
    /// cannot be had: a person must act.
    /// </summary>
    /// <param name="options">The configured broker.</param>
    /// <param name="clientId">Unique at the broker: a second client of the same name takes the connection over.</param>
    /// <param name="baseDirectory">What relative file names are relative to.</param>
    /// <param name="address">Which of the broker's addresses; the first one when absent.</param>
    public static MqttClientOptionsBuilder Describe(BrokerOptions options, string clientId, string baseDirectory, string? address = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var url = new Uri(address ?? options.Url);
        var secure = url.Scheme == "mqtts";
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(url.Host, url.Port > 0 ? url.Port : secure ? 8883 : 1883)
            .WithClientId(clientId)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithCleanSession()
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(Timeout);
        if (options.User is not null && options.Password is not null)
        {
            var secret = options.Password.Resolve(name => ReadFile(Path.Combine(baseDirectory, name)), out var error);
            builder = secret is null
                ? throw new InvalidOperationException($"The password of the broker {options.Url} cannot be had: {error}.")
                : builder.WithCredentials(options.User, secret);
        }

        return secure ? builder.WithTlsOptions(tls => Secure(tls, options, url.Host, baseDirectory)) : builder;
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

    private static void Secure(MqttClientTlsOptionsBuilder tls, BrokerOptions options, string host, string baseDirectory)
    {
        tls.UseTls().WithTargetHost(host);
        if (options.CaFile is not null)
        {
            var authorities = new X509Certificate2Collection();
            Try(options.CaFile, file => authorities.ImportFromPemFile(file), baseDirectory);

            // A plant's own authority publishes no revocation list.
            tls.WithTrustChain(authorities).WithRevocationMode(X509RevocationMode.NoCheck);
        }

        if (options.CertificateFile is not null && options.KeyFile is not null)
        {
            Try(options.CertificateFile, certificate => Try(options.KeyFile, key => tls.WithClientCertificates([LoadPair(certificate, key)]), baseDirectory), baseDirectory);
        }
    }

    private static X509Certificate2 LoadPair(string certificateFile, string keyFile)
    {
        using var pair = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);

        // Windows' TLS does not take a key that lives in memory only.
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
    }

    private static void Try(string file, Action<string> read, string baseDirectory)
    {
        var full = Path.Combine(baseDirectory, file);
        try
        {
            read(full);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
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
