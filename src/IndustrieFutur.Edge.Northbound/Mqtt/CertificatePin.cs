using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>A broker's certificate, or its public key, known by its SHA-256: what a person read off the broker once.</summary>
internal readonly record struct CertificatePin(string Hex)
{
    private const string Prefix = "sha256:";

    /// <summary>Takes hex with or without colons, as openssl prints it, and base64, as key pins are written (RFC 7469, 2.1.1).</summary>
    public static bool TryParse(string text, out CertificatePin pin)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : text;
        var hash = FromHex(digits.Replace(":", "", StringComparison.Ordinal)) ?? FromBase64(digits);
        pin = hash is null ? default : new CertificatePin(Convert.ToHexString(hash));
        return hash is not null;
    }

    /// <summary>What to write for a certificate.</summary>
    public static CertificatePin Of(X509Certificate2 certificate) => new(certificate.GetCertHashString(HashAlgorithmName.SHA256));

    /// <summary>Either hash may be meant: no certificate has the one of another's key.</summary>
    public bool Fits(X509Certificate2 certificate) =>
        Hex == certificate.GetCertHashString(HashAlgorithmName.SHA256)
        || Hex == Convert.ToHexString(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    private static byte[]? FromHex(string digits) =>
        digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;

    private static byte[]? FromBase64(string text)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(text, hash, out var written) && written == hash.Length ? hash : null;
    }
}
