using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Makes a self-signed application certificate as OPC UA wants it (OPC UA Part 6, 6.2.2).</summary>
internal static class OwnCertificateMaker
{
    /// <summary>Servers' clocks run behind; a new certificate must do for them at once.</summary>
    public static readonly TimeSpan Backdate = TimeSpan.FromDays(1);

    /// <summary>Each server has to be told of the next one by hand, so not every year; and a key on an industrial PC should not live as long as the machine.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(5 * 365);

    /// <summary>What X.520 allows a common name.</summary>
    private const int CommonNameCharsMax = 64;

    private const string SubjectAlternativeName = "2.5.29.17";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly Asn1Tag DnsTag = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag AddressTag = new(TagClass.ContextSpecific, 7);

    public static X509Certificate2 Make(RSA key, string applicationUri, IReadOnlyList<string> hosts, DateTimeOffset notBefore)
    {
        var request = new CertificateRequest(Subject(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var keyId = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(Uses, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication), new Oid(ClientAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509Extension(SubjectAlternativeName, Names(applicationUri, hosts), critical: false));
        request.CertificateExtensions.Add(keyId);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(keyId));
        return request.CreateSelfSigned(notBefore, notBefore + Backdate + Validity);
    }

    /// <summary>It signs itself, so it may sign certificates; that it is no authority stands in the basic constraints.</summary>
    private static X509KeyUsageFlags Uses =>
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment
        | X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.KeyCertSign;

    private static X500DistinguishedName Subject()
    {
        var name = $"IndustrieFutur.Edge@{OwnCertificateRequest.HostName}";
        var builder = new X500DistinguishedNameBuilder();
        builder.AddOrganizationName("IndustrieFutur");
        builder.AddCommonName(name.Length <= CommonNameCharsMax ? name : name[..CommonNameCharsMax]);
        return builder.Build();
    }

    /// <summary>Written by hand: the framework's builder would rewrite the URI, and it must be the very same text that the session tells.</summary>
    private static byte[] Names(string applicationUri, IReadOnlyList<string> hosts)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, applicationUri, UriTag);
            foreach (var host in hosts.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (IPAddress.TryParse(host, out var address))
                {
                    writer.WriteOctetString(address.GetAddressBytes(), AddressTag);
                    continue;
                }

                writer.WriteCharacterString(UniversalTagNumber.IA5String, host, DnsTag);
            }
        }

        return writer.Encode();
    }
}
