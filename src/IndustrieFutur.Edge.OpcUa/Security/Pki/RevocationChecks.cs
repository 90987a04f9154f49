using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>
/// Whether an issuer has taken a certificate back. Its list must be in the store: it is never fetched. What issued itself has nobody
/// who could take it back, but whoever trusted it.
/// </summary>
internal static class RevocationChecks
{
    /// <summary>From the leaf to the root; null when nothing objects.</summary>
    public static CertificateFinding? Run(CertificateCase of)
    {
        var elements = of.Chain.Elements;
        for (var index = 0; index + 1 < elements.Count; index++)
        {
            if (Find(of, elements[index], elements[index + 1]) is { } finding)
            {
                return index == 0 ? finding : OfIssuer(finding);
            }
        }

        return null;
    }

    /// <summary>An issuer without the extension may do everything (RFC 5280, 4.2.1.3).</summary>
    public static bool IsAllowed(X509Certificate2 issuer, X509KeyUsageFlags use) =>
        issuer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is not { } extension || (extension.KeyUsages & use) == use;

    private static CertificateFinding? Find(CertificateCase of, X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var named = of.Inventory.Lists.Where(stored => stored.List.IsOf(issuer)).ToList();
        var genuine = named.Where(stored => IsGenuine(stored.List, issuer)).Select(stored => stored.List).ToList();

        // Taken back once is taken back: an old list, or one that tells a part only, says it as well as any.
        if (genuine.Exists(list => list.Revokes(certificate)))
        {
            return new(CertificateProblem.Revoked, certificate, PlainText.Of(issuer.Subject));
        }

        return genuine.Exists(list => !list.IsPartial && list.IsCurrent(of.UtcNow)) ? null : Missing(of, certificate, issuer, named, genuine);
    }

    private static CertificateFinding? Missing(
        CertificateCase of, X509Certificate2 certificate, X509Certificate2 issuer, List<StoredList> named, List<RevocationList> genuine)
    {
        var whole = genuine.Where(list => !list.IsPartial).ToList();
        if (whole.Count > 0)
        {
            var latest = whole.MaxBy(list => list.NextUpdateUtc)!;
            var span = $"{PlainText.Of(issuer.Subject)}: from {CertificateWords.Time(latest.ThisUpdateUtc)} to {CertificateWords.Time(latest.NextUpdateUtc)}";
            return of.IsPinned ? null : new(CertificateProblem.CrlOutOfDate, certificate, span);
        }

        if (of.IsPinned)
        {
            return null;
        }

        return named.Count > 0 ? new(CertificateProblem.CrlBroken, certificate, $"{PlainText.Of(issuer.Subject)}: {named[0].File}")
            : !of.Expected.AllowMissingCrl ? new(CertificateProblem.CrlMissing, certificate, PlainText.Of(issuer.Subject))

            // Perhaps the very one: a list that lies there damaged is not one that is missing.
            : of.Inventory.UnreadList is { } unread ? new(CertificateProblem.CrlBroken, certificate, unread)
            : null;
    }

    private static bool IsGenuine(RevocationList list, X509Certificate2 issuer) =>
        list.IsSignedBy(issuer) && IsAllowed(issuer, X509KeyUsageFlags.CrlSign);

    private static CertificateFinding OfIssuer(CertificateFinding finding) =>
        finding with { Problem = finding.Problem == CertificateProblem.Revoked ? CertificateProblem.IssuerRevoked : CertificateProblem.IssuerRevocationUnknown };
}
