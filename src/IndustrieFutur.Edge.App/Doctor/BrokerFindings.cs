using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Configuration;

namespace IndustrieFutur.Edge.App.Doctor;

/// <summary>Whether the embedded broker can start: its passwords, its certificate, its ports; and what a running one has refused. French first.</summary>
internal static class BrokerFindings
{
    /// <summary>Time for a person to have a certificate renewed.</summary>
    private static readonly TimeSpan RenewAhead = TimeSpan.FromDays(30);

    /// <summary>For a broker that does not run: nothing of it is started.</summary>
    public static IEnumerable<Finding> Try(EmbeddedBrokerOptions options, string baseDirectory, TimeProvider clock)
    {
        yield return Users(options, baseDirectory);
        if (options.CertificateFile is { } certificateFile)
        {
            yield return Certificate(Path.Combine(baseDirectory, certificateFile), Path.Combine(baseDirectory, options.KeyFile!), clock);
        }

        int[] ports = options.WebSocket is { } webSocket ? [options.Port, webSocket.Port] : [options.Port];
        foreach (var port in ports)
        {
            yield return Port(options.Address, port);
        }
    }

    /// <summary>What the service that runs answers of its broker.</summary>
    public static IEnumerable<Finding> Read(JsonNode broker)
    {
        var troubles = BrokerReport.Troubles(broker).ToArray();
        return troubles.Length == 0
            ? [new Finding("broker", Verdict.Ok, BrokerReport.Lines(broker).First())]
            : troubles.Select(trouble => new Finding("broker", Verdict.Warning, trouble));
    }

    private static Finding Users(EmbeddedBrokerOptions options, string baseDirectory)
    {
        try
        {
            _ = new BrokerUsers(options, baseDirectory);
            return options.Users.Count > 0
                ? new Finding("broker", Verdict.Ok, $"{options.Users.Count} utilisateurs, mots de passe trouvés / users, their passwords are there")
                : new Finding("broker", options.AllowInsecure ? Verdict.Warning : Verdict.Ok, $"sans utilisateurs, ouvert à {options.Address} / without users, open to {options.Address}");
        }
        catch (InvalidOperationException cause)
        {
            return new Finding("broker", Verdict.Fail, $"mot de passe introuvable / {cause.Message}");
        }
    }

    private static Finding Certificate(string certificateFile, string keyFile, TimeProvider clock)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            var left = certificate.NotAfter.ToUniversalTime() - clock.GetUtcNow().UtcDateTime;
            var until = $"{certificate.NotAfter.ToUniversalTime():u}";
            return left <= TimeSpan.Zero
                ? new Finding("broker", Verdict.Fail, $"le certificat {certificateFile} a expiré / the certificate has expired ({until}): every client that checks it stays out; renew it and start the service again")
                : left < RenewAhead
                    ? new Finding("broker", Verdict.Warning, $"le certificat {certificateFile} expire bientôt / the certificate expires soon ({until}); renew it and start the service again")
                    : new Finding("broker", Verdict.Ok, $"certificat valable / certificate good ({until})");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new Finding("broker", Verdict.Fail, $"certificat inutilisable / the certificate {certificateFile} or its key {keyFile} cannot be used: {cause.Message}");
        }
    }

    private static Finding Port(string address, int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Parse(address), port);
            listener.Start();
            return new Finding("broker", Verdict.Ok, $"port {address}:{port} libre/free");
        }
        catch (SocketException cause)
        {
            return new Finding("broker", Verdict.Fail, $"port {address}:{port} indisponible / cannot be had: {cause.Message}. Stop the other broker, or change the port");
        }
    }
}
