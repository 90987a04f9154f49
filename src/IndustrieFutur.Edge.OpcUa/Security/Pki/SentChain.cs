using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>What a peer shows: its certificate, and perhaps those of its issuers behind it (OPC UA Part 6, 6.7.2.3).</summary>
internal sealed class SentChain : IDisposable
{
    /// <summary>A root, two authorities below it, the leaf, and as many again for those who send too much.</summary>
    public const int CertificatesMax = 8;

    /// <summary>Eight certificates of 4096 bits with long names.</summary>
    public const int BytesMax = 64 * 1024;

    private SentChain(IReadOnlyList<X509Certificate2> certificates) => Certificates = certificates;

    public IReadOnlyList<X509Certificate2> Certificates { get; }

    public X509Certificate2 Leaf => Certificates[0];

    /// <summary>The mistake is the part of a sentence that says what the bytes are; null when they are certificates.</summary>
    public static SentChain? Read(ReadOnlyMemory<byte> chain, out string? mistake)
    {
        mistake = chain.Length switch
        {
            0 => "nothing at all",
            > BytesMax => $"more than {BytesMax} bytes",
            _ => null,
        };
        if (mistake is not null)
        {
            return null;
        }

        var certificates = new List<X509Certificate2>();
        mistake = Split(chain.Span, certificates);
        if (mistake is null)
        {
            return new SentChain(certificates);
        }

        certificates.ForEach(certificate => certificate.Dispose());
        return null;
    }

    public void Dispose()
    {
        foreach (var certificate in Certificates)
        {
            certificate.Dispose();
        }
    }

    private static string? Split(ReadOnlySpan<byte> rest, List<X509Certificate2> certificates)
    {
        try
        {
            while (!rest.IsEmpty)
            {
                if (certificates.Count == CertificatesMax)
                {
                    return $"more than {CertificatesMax} certificates";
                }

                AsnDecoder.ReadSequence(rest, AsnEncodingRules.DER, out _, out _, out var bytes);
                certificates.Add(X509CertificateLoader.LoadCertificate(rest[..bytes]));
                rest = rest[bytes..];
            }

            return null;
        }
        catch (Exception cause) when (cause is AsnContentException or CryptographicException)
        {
            return "something that is no certificate";
        }
    }
}
