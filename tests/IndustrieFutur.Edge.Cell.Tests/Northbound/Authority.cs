using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>A plant's own certificate authority, made for one test: PEM files in a folder.</summary>
internal sealed class Authority : IDisposable
{
    private readonly string _folder;
    private readonly X509Certificate2 _authority;

    public Authority(string folder)
    {
        _folder = folder;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Plant CA", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _authority = request.CreateSelfSigned(Yesterday, Tomorrow);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), _authority.ExportCertificatePem());
    }

    // Taken once: a certificate must not outlive its issuer, not even by a second.
    private DateTimeOffset Yesterday { get; } = TimeProvider.System.GetUtcNow().AddDays(-1);

    private DateTimeOffset Tomorrow { get; } = TimeProvider.System.GetUtcNow().AddDays(1);

    public string CaFile => Path.Combine(_folder, "ca.pem");

    /// <summary>Writes <c>name.pem</c> and <c>name.key</c>, valid for 127.0.0.1.</summary>
    public (string Certificate, string Key) Issue(string name) => Issue(name, IPAddress.Loopback, Tomorrow);

    /// <summary>The same, valid for that address, until then.</summary>
    public (string Certificate, string Key) Issue(string name, IPAddress address, DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        return Write(name, key, Request(name, key, address), until);
    }

    /// <summary>The same, valid for 127.0.0.1, for that purpose only.</summary>
    public (string Certificate, string Key) Issue(string name, Oid purpose)
    {
        using var key = RSA.Create(2048);
        var request = Request(name, key, IPAddress.Loopback);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(new OidCollection { purpose }, critical: true));
        return Write(name, key, request, Tomorrow);
    }

    /// <summary>The same, signed by an authority below this one, whose certificate follows in the file.</summary>
    public (string Certificate, string Key) IssueByIntermediate(string name)
    {
        using var key = RSA.Create(2048);
        using var middleKey = RSA.Create(2048);
        var middleRequest = new CertificateRequest("CN=Workshop CA", middleKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        middleRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        middleRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var middle = middleRequest.Create(_authority, Yesterday, Tomorrow, RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(middleKey);
        using var certificate = Request(name, key, IPAddress.Loopback).Create(middle, Yesterday, Tomorrow, RandomNumberGenerator.GetBytes(8));
        return Write(name, certificate.ExportCertificatePem() + "\n" + middle.ExportCertificatePem(), key);
    }

    public void Dispose() => _authority.Dispose();

    private static CertificateRequest Request(string name, RSA key, IPAddress address)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private (string Certificate, string Key) Write(string name, RSA key, CertificateRequest request, DateTimeOffset until)
    {
        using var certificate = request.Create(_authority, Yesterday, until, RandomNumberGenerator.GetBytes(8));
        return Write(name, certificate.ExportCertificatePem(), key);
    }

    private (string Certificate, string Key) Write(string name, string certificatePem, RSA key)
    {
        var (certificateFile, keyFile) = (Path.Combine(_folder, name + ".pem"), Path.Combine(_folder, name + ".key"));
        File.WriteAllText(certificateFile, certificatePem);
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return (certificateFile, keyFile);
    }
}
