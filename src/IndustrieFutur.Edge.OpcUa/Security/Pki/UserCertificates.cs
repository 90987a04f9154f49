using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Loads the certificate and key by which a user proves who he is (OPC UA Part 4, 7.41.4), and checks what the server would refuse later.</summary>
public static class UserCertificates
{
    /// <summary>A key, a certificate and some issuers.</summary>
    private const int FileBytesMax = 256 * 1024;

    private const int RsaBitsMin = 2048;

    /// <summary>From PEM (certificate and key in one file) or PFX. Throws <see cref="PkiException"/> with a sentence when it will not do.</summary>
    /// <param name="password">Of the file; null when it has none. Never told.</param>
    public static X509Certificate2 Load(string file, string? password, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentNullException.ThrowIfNull(clock);
        var bytes = ReadFile(file);
        var certificate = Open(file, bytes, password);
        if (MistakeIn(certificate, clock.GetUtcNow().UtcDateTime) is not { } mistake)
        {
            return certificate;
        }

        var subject = PlainText.Of(certificate.Subject);
        certificate.Dispose();
        throw new PkiException($"The user certificate {file} ({subject}) {mistake}, so no server would take it; it is not used. Ask whoever issued it for another.");
    }

    private static byte[] ReadFile(string file)
    {
        try
        {
            return PkiFiles.Read(file, FileBytesMax, out var mistake)
                ?? throw new PkiException($"The file {file} {mistake}, so it is no user certificate. Name the PEM or PFX file of the user.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new PkiException($"The user certificate {file} cannot be read: {cause.Message} Name the PEM or PFX file of the user, and give this user the right to read it.", cause);
        }
    }

    private static X509Certificate2 Open(string file, byte[] bytes, string? password)
    {
        try
        {
            return bytes.AsSpan().IndexOf("-----BEGIN "u8) >= 0
                ? OpenPem(Encoding.UTF8.GetString(bytes), password)
                : X509CertificateLoader.LoadPkcs12(bytes, password, KeyStorage);
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException)
        {
            throw new PkiException(
                $"The user certificate {file} cannot be opened: it is damaged, holds no private key, or {(password is null ? "needs a password, and none is given" : "has another password")}. Check \"certificate\" and \"certificatePassword\".",
                cause);
        }
    }

    /// <summary>The key stays in memory where the system can do that; macOS cannot.</summary>
    private static X509KeyStorageFlags KeyStorage =>
        OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    private static X509Certificate2 OpenPem(string text, string? password) =>
        text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromEncryptedPem(text, text, password)
            : X509Certificate2.CreateFromPem(text, text);

    private static string? MistakeIn(X509Certificate2 certificate, DateTime utcNow)
    {
        using var key = certificate.HasPrivateKey ? certificate.GetRSAPrivateKey() : null;
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return key is null ? "has no RSA key beside it"
            : key.KeySize < RsaBitsMin ? $"has a key of {key.KeySize} bits, and at least {RsaBitsMin} are needed"
            : IsWeak(certificate) ? "is signed with an algorithm that can be forged"
            : utcNow > until ? $"has expired: it was valid until {CertificateWords.Time(until)}"
            : utcNow < from ? $"is not valid before {CertificateWords.Time(from)}"
            : MayNotSign(certificate) ? "may not be used to sign"
            : null;
    }

    private static bool IsWeak(X509Certificate2 certificate)
    {
        try
        {
            return SignedDer.Read(certificate.RawDataMemory).IsWeak;
        }
        catch (AsnContentException)
        {
            return true;
        }
    }

    private static bool MayNotSign(X509Certificate2 certificate) => !RevocationChecks.IsAllowed(certificate, X509KeyUsageFlags.DigitalSignature);
}
