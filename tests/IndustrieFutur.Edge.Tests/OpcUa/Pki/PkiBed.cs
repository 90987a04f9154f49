using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>A store in a folder of its own, with a clock that stands, and a plant's authority.</summary>
internal sealed class PkiBed : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pki");

    public PkiBed() => Store = new PkiStore(Folder, Clock);

    public string Folder => Path.Combine(_folder.FullName, "pki");

    public FakeTimeProvider Clock { get; } = new(Draft.Now);

    public PkiStore Store { get; }

    public X509Certificate2 Root { get; } = Draft.Root.SelfSigned();

    public static CertificateExpectations Expected => new()
    {
        Host = Draft.Host,
        ApplicationUri = Draft.Uri,
        Policy = SecurityPolicies.Basic256Sha256,
    };

    public void Dispose()
    {
        Root.Dispose();
        _folder.Delete(recursive: true);
    }

    public CertificateVerdict Check(ReadOnlyMemory<byte> derChain, CertificateExpectations? expected = null) =>
        new CertificateValidator(Store, Clock).Check(derChain, expected ?? Expected);

    public CertificateVerdict Check(X509Certificate2 certificate, CertificateExpectations? expected = null) => Check(certificate.RawData, expected);

    public static byte[] Chain(params X509Certificate2[] certificates) => [.. certificates.SelectMany(certificate => certificate.RawData)];

    public string Put(string folder, X509Certificate2 certificate) => Put(folder, certificate.Thumbprint + ".der", certificate.RawData);

    public string Put(string folder, string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Trust(params X509Certificate2[] certificates)
    {
        foreach (var certificate in certificates)
        {
            Put("trusted/certs", certificate);
        }
    }

    /// <summary>Trusts the root, and has it say of whom it takes back what.</summary>
    public void TrustRoot(params X509Certificate2[] revoked)
    {
        Trust(Root);
        Put("trusted/crl", "root.crl", ListOf(Root, revoked));
    }

    public static byte[] ListOf(X509Certificate2 issuer, params X509Certificate2[] revoked) =>
        ListOf(issuer, Draft.Now.AddDays(-1), Draft.Now.AddDays(7), revoked);

    public static byte[] ListOf(X509Certificate2 issuer, DateTimeOffset from, DateTimeOffset until, params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            builder.AddEntry(certificate, Draft.Now.AddDays(-2));
        }

        return builder.Build(issuer, 1, until, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, from);
    }
}
