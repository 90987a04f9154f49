using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>A certificate in the store, as a person wants to see it.</summary>
public sealed record StoredCertificate
{
    public required CertificatePlace Place { get; init; }

    /// <summary>Its file.</summary>
    public required string File { get; init; }

    public required byte[] Der { get; init; }

    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    /// <summary>SHA-1, 40 hexadecimal digits: what OPC UA tools show.</summary>
    public required string Thumbprint { get; init; }

    public required DateTime NotBeforeUtc { get; init; }

    public required DateTime NotAfterUtc { get; init; }

    public string? ApplicationUri { get; init; }

    /// <summary>For which device it was pinned; null when for none.</summary>
    public string? Device { get; init; }

    /// <summary>The host that it is accepted for although it does not name it; null when there is none.</summary>
    public string? Host { get; init; }

    internal bool Is(X509Certificate2 certificate) => Der.AsSpan().SequenceEqual(certificate.RawDataMemory.Span);

    /// <summary>Throws <see cref="AsnContentException"/> when its names are broken.</summary>
    internal static StoredCertificate Of(X509Certificate2 certificate, CertificatePlace place, string file) => new()
    {
        Place = place,
        File = file,
        Der = certificate.RawData,
        Subject = PlainText.Of(certificate.Subject),
        Issuer = PlainText.Of(certificate.Issuer),
        Thumbprint = certificate.Thumbprint,
        NotBeforeUtc = certificate.NotBefore.ToUniversalTime(),
        NotAfterUtc = certificate.NotAfter.ToUniversalTime(),
        ApplicationUri = SubjectNames.Of(certificate).ApplicationUri,
    };
}
