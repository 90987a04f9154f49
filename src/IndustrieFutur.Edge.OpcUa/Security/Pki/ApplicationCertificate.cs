using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Our own application certificate with its private key.</summary>
public sealed class ApplicationCertificate(X509Certificate2 certificate, string applicationUri) : IDisposable
{
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>The certificate alone, as the peer sees it.</summary>
    public byte[] Der { get; } = certificate.RawData;

    /// <summary>The one URI of its subject alternative names.</summary>
    public string ApplicationUri { get; } = applicationUri;

    public void Dispose() => Certificate.Dispose();
}
