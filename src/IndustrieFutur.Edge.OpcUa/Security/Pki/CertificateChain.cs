using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>
/// A certificate and its issuers up to a root, put together from what the peer sent and from the store, never from a network. Whether
/// any of it is trusted is not said here.
/// </summary>
internal sealed class CertificateChain : IDisposable
{
    /// <summary>What forbids the chain whatever else is true; time, trust, signatures and uses are looked at one by one elsewhere.</summary>
    private const X509ChainStatusFlags Forbidding =
        X509ChainStatusFlags.Cyclic | X509ChainStatusFlags.InvalidExtension | X509ChainStatusFlags.InvalidNameConstraints
        | X509ChainStatusFlags.InvalidPolicyConstraints | X509ChainStatusFlags.NoIssuanceChainPolicy | X509ChainStatusFlags.ExplicitDistrust
        | X509ChainStatusFlags.HasExcludedNameConstraint | X509ChainStatusFlags.HasNotDefinedNameConstraint
        | X509ChainStatusFlags.HasNotPermittedNameConstraint | X509ChainStatusFlags.HasNotSupportedCriticalExtension
        | X509ChainStatusFlags.HasNotSupportedNameConstraint;

    /// <summary>That an issuer may not issue, or not so deep.</summary>
    private const X509ChainStatusFlags NoIssuer = X509ChainStatusFlags.InvalidBasicConstraints | X509ChainStatusFlags.NotValidForUsage;

    private readonly X509Chain _chain;
    private readonly List<X509Certificate2> _stored;
    private readonly X509ChainStatusFlags _flags;

    private CertificateChain(X509Chain chain, List<X509Certificate2> stored)
    {
        _chain = chain;
        _stored = stored;
        Elements = [.. chain.ChainElements.Select(element => element.Certificate)];
        _flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
    }

    /// <summary>The leaf, its issuer, that one's, and so on.</summary>
    public IReadOnlyList<X509Certificate2> Elements { get; }

    /// <summary>The last is a root: it issued itself.</summary>
    public bool IsComplete => IsSelfIssued(Elements[^1]);

    /// <summary>What an extension forbids, for a sentence; empty when nothing.</summary>
    public string ForbiddenBy => (_flags & Forbidding) == 0 ? "" : (_flags & Forbidding).ToString();

    public bool HasUnfitIssuer => Elements.Count > 1 && (_flags & NoIssuer) != 0;

    public static CertificateChain Build(SentChain sent, PkiInventory inventory, DateTime utcNow)
    {
        var stored = new List<X509Certificate2>();
        var chain = new X509Chain();
        try
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllFlags;
            chain.ChainPolicy.VerificationTime = utcNow;
            foreach (var known in inventory.Certificates.Where(known => known.Place is CertificatePlace.Trusted or CertificatePlace.Issuer))
            {
                stored.Add(X509CertificateLoader.LoadCertificate(known.Der));
                (IsSelfIssued(stored[^1]) ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(stored[^1]);
            }

            chain.ChainPolicy.ExtraStore.AddRange(sent.Certificates.Skip(1).ToArray());
            chain.Build(sent.Leaf);
            return new CertificateChain(chain, stored);
        }
        catch
        {
            Release(chain, stored);
            throw;
        }
    }

    public void Dispose() => Release(_chain, _stored);

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static void Release(X509Chain chain, List<X509Certificate2> stored)
    {
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        chain.Dispose();
        stored.ForEach(certificate => certificate.Dispose());
    }
}
