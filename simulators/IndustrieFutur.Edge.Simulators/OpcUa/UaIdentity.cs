using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>The certificates of a simulated server, and whom it lets in: clients whose certificate is trusted in its folder, users who are known to it.</summary>
internal sealed class UaIdentity(string device, UaDeviceSettings settings)
{
    /// <summary>Where <c>ifedge cert --data</c> looks.</summary>
    private const string PkiFolder = "pki";

    /// <summary>Apart, so that the store of the valid ones never finds it.</summary>
    private const string ExpiredFolder = "pki-expired";

    /// <summary>Certificates of users, DER or PEM, one a file: there are no roles, so being here is enough.</summary>
    private const string UsersFolder = "users";

    /// <summary>Certificates are valid for five years; made so long ago, one is over.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(6 * 365);

    private static readonly CertificateVerdict Welcome = new(CertificateProblem.None, StatusCodes.Good, "", "", "");

    private readonly SparingTeller _teller = new(settings.Tell, settings.Clock);

    private readonly PkiStore _store = new(Path.Combine(settings.DataFolder, PkiFolder), settings.Clock);

    public string ApplicationUri { get; } = $"urn:industriefutur:cell-sim:{device}";

    /// <summary>Made when it is not there.</summary>
    public ApplicationCertificate Load(bool isExpired)
    {
        var store = isExpired
            ? new PkiStore(Path.Combine(settings.DataFolder, ExpiredFolder), new PastClock(settings.Clock, LongAgo))
            : _store;
        return store.LoadOrCreateOwn(new OwnCertificateRequest
        {
            ApplicationUri = ApplicationUri,
            Hosts = [.. new[] { "localhost", IPAddress.Loopback.ToString(), Dns.GetHostName(), settings.Listen.Address.ToString() }.Distinct()],
        });
    }

    public CertificateVerdict CheckClient(ReadOnlyMemory<byte> derChain, SecurityPolicy policy, string applicationUri) => settings.AcceptsAnyClient
        ? Welcome
        : new CertificateValidator(_store, settings.Clock).Check(
            derChain, new CertificateExpectations { Role = CertificateRole.Client, ApplicationUri = applicationUri, Policy = policy });

    public ServerUsers Users() => new()
    {
        IsAnonymousAllowed = settings.IsAnonymousAllowed,
        CheckPassword = settings is { User: not null, Password: not null } ? CheckPassword : null,
        CheckCertificate = CheckUser,
    };

    /// <summary>Hashes are compared, so that a wrong name or length takes as long as a wrong letter.</summary>
    private bool CheckPassword(string user, ReadOnlySpan<byte> password)
    {
        var known = settings.Password!.Resolve(ReadOrNull, out var error);
        if (known is null)
        {
            _teller.Tell(settings.User!, StatusCodes.BadConfigurationError, $"{ApplicationUri}: the password of {settings.User} is not to be had ({error}), so nobody logs in with one. {settings.Password.Remedy}");
            return false;
        }

        var isUser = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(user)), SHA256.HashData(Encoding.UTF8.GetBytes(settings.User!)));
        var isPassword = CryptographicOperations.FixedTimeEquals(SHA256.HashData(password), SHA256.HashData(Encoding.UTF8.GetBytes(known)));
        return isUser && isPassword;
    }

    /// <summary>A secret's file; null when it cannot be read.</summary>
    internal static string? ReadOrNull(string file)
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

    private bool CheckUser(X509Certificate2 certificate)
    {
        var now = settings.Clock.GetUtcNow().UtcDateTime;
        var isValid = certificate.NotBefore.ToUniversalTime() <= now && now <= certificate.NotAfter.ToUniversalTime();
        var folder = Path.Combine(settings.DataFolder, UsersFolder);
        return isValid && Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(file => IsIn(file, certificate));
    }

    private bool IsIn(string file, X509Certificate2 certificate)
    {
        try
        {
            using var known = X509CertificateLoader.LoadCertificateFromFile(file);
            return known.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span);
        }
        catch (Exception cause) when (cause is CryptographicException or IOException or UnauthorizedAccessException)
        {
            _teller.Tell(file, StatusCodes.BadCertificateInvalid, $"{ApplicationUri}: {file} is no certificate of a user ({cause.Message}); it is passed over.");
            return false;
        }
    }
}
