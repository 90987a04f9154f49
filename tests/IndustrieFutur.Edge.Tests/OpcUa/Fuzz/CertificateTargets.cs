using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Vectors;

namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>Certificates as peers show them, and the lists of those that were taken back.</summary>
internal static class CertificateTargets
{
    public static IEnumerable<FuzzTarget> All()
    {
        var captures = SecuredCapture.ReadAll();
        byte[][] chains = [.. captures.Select(capture => (byte[])[.. capture.ServerCertificate, .. capture.ClientCertificate])];
        var sought = X509CertificateLoader.LoadCertificate(captures[0].ClientCertificate);
        return
        [
            new("certificate, first of a chain", chains, (buffer, length) => DerChain.Leaf(buffer.AsSpan(0, length))),
            new("certificate, signed part", [.. captures.Select(capture => capture.ServerCertificate)], (buffer, length) => AsItsCallersDo(() => SignedDer.Read(buffer.AsMemory(0, length)))),
            new("revocation list", [ListOf(captures[0])], (buffer, length) => AsItsCallersDo(() => RevocationList.Read(buffer.AsMemory(0, length)).Revokes(sought))),
        ];
    }

    /// <summary>The system's own certificates take some 100 microseconds.</summary>
    public static IEnumerable<FuzzTarget> Slow()
    {
        byte[][] chains = [.. SecuredCapture.ReadAll().Select(capture => (byte[])[.. capture.ServerCertificate, .. capture.ClientCertificate])];
        yield return new FuzzTarget("certificate chain", chains, (buffer, length) => AsItsCallersDo(() => Split(buffer.AsMemory(0, length))));
    }

    private static void Split(ReadOnlyMemory<byte> chain)
    {
        using var sent = SentChain.Read(chain, out _);
        foreach (var certificate in sent?.Certificates ?? [])
        {
            SubjectNames.Of(certificate).Include("127.0.0.1");
        }
    }

    /// <summary>Whoever reads certificates takes these two as "damaged": CertificateValidator for a peer's, PkiReader for the store's.</summary>
    private static void AsItsCallersDo(Action read)
    {
        try
        {
            read();
        }
        catch (Exception cause) when (cause is AsnContentException or CryptographicException)
        {
            throw new UaException(StatusCodes.BadCertificateInvalid, cause.Message, cause);
        }
    }

    /// <summary>Signed with a recorded key: the same bytes in every run.</summary>
    private static byte[] ListOf(SecuredCapture capture)
    {
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(capture.ServerKeyPkcs8, out _);
        var builder = new CertificateRevocationListBuilder();
        for (byte serial = 1; serial < 20; serial++)
        {
            builder.AddEntry([serial, 2, 3], DateTimeOffset.UnixEpoch, X509RevocationReason.CessationOfOperation);
        }

        return builder.Build(
            new X500DistinguishedName("CN=root"),
            X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            BigInteger.One,
            DateTimeOffset.UnixEpoch.AddYears(60),
            HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier([1, 2, 3]),
            DateTimeOffset.UnixEpoch);
    }
}
