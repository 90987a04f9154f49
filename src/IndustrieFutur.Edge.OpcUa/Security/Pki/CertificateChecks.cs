using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>The checks of a certificate in the order in which the first objection is told (OPC UA Part 4, 6.1.3).</summary>
internal static class CertificateChecks
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string AnyUse = "2.5.29.37.0";

    /// <summary>Of an issuer's key: verifying longer ones costs more than any authority's key is worth.</summary>
    private const int IssuerRsaBitsMax = 8192;

    private const int IssuerRsaBitsMin = 2048;

    /// <summary>The channel signs with the key, and encrypts secrets for it; whoever must not do both is no application.</summary>
    private const X509KeyUsageFlags UsesNeeded = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.DataEncipherment;

    private static readonly Func<CertificateCase, CertificateFinding?>[] InOrder =
    [
        Completeness, Strength, Keys, Signatures, Extensions, Rejection, Trust, Validity, Host, ApplicationUri, Use, IssuerUse, RevocationChecks.Run,
    ];

    /// <summary>Null when no check objects.</summary>
    public static CertificateFinding? Run(CertificateCase of) => InOrder.Select(check => check(of)).FirstOrDefault(finding => finding is not null);

    private static CertificateFinding? Completeness(CertificateCase of) =>
        of.Chain.IsComplete || of.IsPinned ? null : new(CertificateProblem.ChainIncomplete, of.Chain.Elements[^1], PlainText.Of(of.Chain.Elements[^1].Issuer));

    /// <summary>Nobody needs a root's own signature, but what a root signs with, it signed itself with too.</summary>
    private static CertificateFinding? Strength(CertificateCase of)
    {
        foreach (var element in of.Chain.Elements)
        {
            var signed = SignedDer.Read(element.RawDataMemory);
            if (signed.IsWeak)
            {
                return new(CertificateProblem.WeakSignature, element, signed.AlgorithmName);
            }
        }

        return null;
    }

    private static CertificateFinding? Keys(CertificateCase of)
    {
        var policy = of.Expected.KeyPolicy;
        using var key = of.Leaf.GetRSAPublicKey();
        return key is null
            ? new(CertificateProblem.KeyNotRsa, of.Leaf)
            : KeyLength(of.Leaf, key.KeySize, policy.RsaBitsMin, policy.RsaBitsMax) ?? of.Issuers.Select(IssuerKeyLength).FirstOrDefault(finding => finding is not null);
    }

    private static CertificateFinding? IssuerKeyLength(X509Certificate2 issuer)
    {
        using var key = issuer.GetRSAPublicKey();
        return key is null ? null : KeyLength(issuer, key.KeySize, IssuerRsaBitsMin, IssuerRsaBitsMax);
    }

    private static CertificateFinding? KeyLength(X509Certificate2 certificate, int bits, int bitsMin, int bitsMax) =>
        bits < bitsMin ? new(CertificateProblem.KeyTooShort, certificate, string.Create(CultureInfo.InvariantCulture, $"{bits} bits, and at least {bitsMin}"))
        : bits > bitsMax ? new(CertificateProblem.KeyTooLong, certificate, string.Create(CultureInfo.InvariantCulture, $"{bits} bits, and at most {bitsMax}"))
        : null;

    private static CertificateFinding? Signatures(CertificateCase of)
    {
        var elements = of.Chain.Elements;
        for (var index = 0; index < elements.Count; index++)
        {
            // The last of a chain that is not complete has nobody to be verified with; it got here only because it was pinned.
            var isLast = index == elements.Count - 1;
            var isLeftOpen = isLast && !of.Chain.IsComplete;
            if (!isLeftOpen && !SignedDer.Read(elements[index].RawDataMemory).IsSignedBy(elements[isLast ? index : index + 1]))
            {
                return new(CertificateProblem.BrokenSignature, elements[index], PlainText.Of(elements[index].Issuer));
            }
        }

        return null;
    }

    private static CertificateFinding? Extensions(CertificateCase of) =>
        of.Chain.ForbiddenBy.Length == 0 ? null : new(CertificateProblem.BrokenExtension, of.Leaf, of.Chain.ForbiddenBy);

    /// <summary>Before trust, and within a commissioning window too: the no of a person holds until a person takes it back.</summary>
    private static CertificateFinding? Rejection(CertificateCase of) =>
        of.RejectedElement is { } rejected ? new(CertificateProblem.Rejected, rejected) : null;

    private static CertificateFinding? Trust(CertificateCase of) =>
        of.IsTrusted ? null
        : of.Before is { } before ? new(CertificateProblem.Changed, of.Leaf) { Before = before }
        : new(CertificateProblem.Untrusted, of.Leaf);

    private static CertificateFinding? Validity(CertificateCase of) =>
        Validity(of.Leaf, of.UtcNow, CertificateProblem.Expired, CertificateProblem.NotYetValid)
        ?? of.Issuers.Select(issuer => Validity(issuer, of.UtcNow, CertificateProblem.IssuerExpired, CertificateProblem.IssuerNotYetValid))
            .FirstOrDefault(finding => finding is not null);

    private static CertificateFinding? Validity(X509Certificate2 certificate, DateTime utcNow, CertificateProblem expired, CertificateProblem notYet)
    {
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return utcNow > until ? new(expired, certificate, CertificateWords.Time(until))
            : utcNow < from ? new(notYet, certificate, CertificateWords.Time(from))
            : null;
    }

    private static CertificateFinding? Host(CertificateCase of) =>
        of.Expected.Role != CertificateRole.Server || of.Names.Include(of.Expected.Host!) || of.IsHostOverridden
            ? null
            : new(CertificateProblem.WrongHost, of.Leaf, of.Names.Hosts);

    private static CertificateFinding? ApplicationUri(CertificateCase of) =>
        !string.IsNullOrEmpty(of.Expected.ApplicationUri) && of.Names.ApplicationUri == of.Expected.ApplicationUri
            ? null
            : new(CertificateProblem.WrongUri, of.Leaf, PlainText.Of(of.Names.ApplicationUri));

    /// <summary>That the extension is missing is no leave: it must be there (OPC UA Part 6, 6.2.2).</summary>
    private static CertificateFinding? Use(CertificateCase of)
    {
        var uses = of.Leaf.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages ?? X509KeyUsageFlags.None;
        if ((uses & UsesNeeded) != UsesNeeded)
        {
            return new(CertificateProblem.WrongKeyUsage, of.Leaf, $"its key usage is {uses}, and {UsesNeeded} are needed");
        }

        var purpose = of.Expected.Role == CertificateRole.Server ? ServerAuthentication : ClientAuthentication;
        var purposes = of.Leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault()?.EnhancedKeyUsages;
        var isMeant = purposes is null || purposes[purpose] is not null || purposes[AnyUse] is not null;
        return isMeant ? null : new(CertificateProblem.WrongKeyUsage, of.Leaf, $"it is not meant for {(purpose == ServerAuthentication ? "servers" : "clients")} (extended key usage)");
    }

    private static CertificateFinding? IssuerUse(CertificateCase of)
    {
        var unfit = of.Issuers.FirstOrDefault(issuer => !MayIssue(issuer)) ?? (of.Chain.HasUnfitIssuer ? of.Issuers.First() : null);
        return unfit is null ? null : new(CertificateProblem.WrongIssuerKeyUsage, unfit);
    }

    private static bool MayIssue(X509Certificate2 issuer) =>
        issuer.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is { CertificateAuthority: true }
        && RevocationChecks.IsAllowed(issuer, X509KeyUsageFlags.KeyCertSign);
}
