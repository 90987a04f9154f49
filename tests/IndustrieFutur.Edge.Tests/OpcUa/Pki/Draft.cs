using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>A certificate to be: right as it stands, so that each test spoils one thing.</summary>
internal sealed record Draft
{
    public const string Uri = "urn:plc:server";
    public const string Host = "plc.local";

    public const X509KeyUsageFlags ApplicationUses =
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    public static Draft Server => new();

    public static Draft Root => new()
    {
        Subject = "CN=Plant Root",
        Key = PkiKeys.Authority,
        IsAuthority = true,
        Uses = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
        ApplicationUri = null,
    };

    public static Draft Intermediate => Root with { Subject = "CN=Plant Line 1", Key = PkiKeys.LowerAuthority };

    public string Subject { get; init; } = "CN=PLC 7, O=Plant";

    public string? ApplicationUri { get; init; } = Uri;

    public string[] Hosts { get; init; } = [Host];

    public RSA Key { get; init; } = PkiKeys.Server;

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    public RSASignaturePadding Padding { get; init; } = RSASignaturePadding.Pkcs1;

    public X509KeyUsageFlags? Uses { get; init; } = ApplicationUses;

    public string[] Purposes { get; init; } = [ServerAuthentication];

    public bool IsAuthority { get; init; }

    public DateTimeOffset From { get; init; } = Now.AddDays(-100);

    public DateTimeOffset Until { get; init; } = Now.AddDays(100);

    /// <summary>With its key.</summary>
    public X509Certificate2 SelfSigned()
    {
        using var bare = Sign(new X500DistinguishedName(Subject), Key);
        return bare.CopyWithPrivateKey(Key);
    }

    /// <summary>With its key, by the issuer's key, whatever the issuer may do.</summary>
    public X509Certificate2 IssuedBy(X509Certificate2 issuer)
    {
        using var key = issuer.GetRSAPrivateKey()!;
        return SignedWith(key, issuer);
    }

    /// <summary>Names an issuer, and is signed with whichever key.</summary>
    public X509Certificate2 SignedWith(RSA key, X509Certificate2 issuer)
    {
        using var bare = Sign(issuer.SubjectName, key);
        return bare.CopyWithPrivateKey(Key);
    }

    private X509Certificate2 Sign(X500DistinguishedName issuer, RSA issuerKey)
    {
        var serial = RandomNumberGenerator.GetBytes(8);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return Request().Create(issuer, Hash == HashAlgorithmName.SHA1 ? new OldSignature(issuerKey, Padding) : X509SignatureGenerator.CreateForRSA(issuerKey, Padding), From, Until, serial);
    }

    private CertificateRequest Request()
    {
        var request = new CertificateRequest(Subject, Key, Hash, Padding);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(IsAuthority, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (Uses is { } uses)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(uses, critical: true));
        }

        if (!IsAuthority)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. Purposes.Select(purpose => new Oid(purpose))], critical: false));
            request.CertificateExtensions.Add(Names());
        }

        return request;
    }

    private X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        if (ApplicationUri is not null)
        {
            names.AddUri(new Uri(ApplicationUri));
        }

        foreach (var host in Hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
                continue;
            }

            names.AddDnsName(host);
        }

        return names.Build();
    }
}
