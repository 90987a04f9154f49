using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>What a person reads of each problem: what is wrong, with which certificate of whom, and what to do.</summary>
internal sealed class CertificateWords(CertificateExpectations expected, string folder, DateTime utcNow)
{
    private const string Refused = "the connection is refused";

    private string Data => PkiLayout.DataOptionOf(folder);

    private string Peer => expected.PeerName;

    private string Owner => expected.Role == CertificateRole.Server ? "the server's owner" : "the client's owner";

    public static string Time(DateTime? utc) =>
        utc is { } time ? time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "an open end";

    public static CertificateVerdict Accepted(X509Certificate2 leaf) =>
        new(CertificateProblem.None, StatusCodes.Good, "The certificate is accepted.", "", leaf.Thumbprint);

    public CertificateVerdict NoCertificate(string what) => new(
        CertificateProblem.NotACertificate,
        StatusCodes.BadCertificateInvalid,
        $"As its certificate, {Peer} shows {what}; {Refused}.",
        $"Ask {Owner} to have its certificate made anew, and whether anything stands between it and us.",
        "");

    public CertificateVerdict Refusal(CertificateFinding finding, X509Certificate2 leaf, string? notKept)
    {
        var (status, sentence, nextStep) = Of(finding, leaf, notKept);
        return new CertificateVerdict(finding.Problem, status, $"{sentence}; {Refused}.", nextStep, leaf.Thumbprint);
    }

    private static string Name(X509Certificate2 certificate) => $"({PlainText.Of(certificate.Subject)}, thumbprint {certificate.Thumbprint})";

    private (uint Status, string Sentence, string NextStep) Of(CertificateFinding finding, X509Certificate2 leaf, string? notKept)
    {
        var detail = finding.Detail;
        var of = $"The certificate of {Peer} {Name(leaf)}";
        var issuer = $"The certificate {Name(finding.Culprit)}, which issued that of {Peer} {Name(leaf)},";
        var culprit = ReferenceEquals(finding.Culprit, leaf) ? of : issuer;
        return finding.Problem switch
        {
            CertificateProblem.ChainIncomplete => (
                StatusCodes.BadCertificateChainIncomplete,
                $"{of} cannot be followed to its root: the certificate of its issuer {detail} was neither sent nor is it in {folder}",
                $"Ask {Owner} for the certificate and the revocation list of {detail}, and put them into {Path.Combine(folder, "issuers", "certs")} and {Path.Combine(folder, "issuers", "crl")} (into {Path.Combine(folder, "trusted", "certs")} and {Path.Combine(folder, "trusted", "crl")} to trust everything it issues)."),
            CertificateProblem.WeakSignature => (
                StatusCodes.BadCertificatePolicyCheckFailed,
                $"{culprit} is signed with {detail}, which can be forged",
                $"Ask {Owner} for a certificate that is signed with SHA-256."),
            CertificateProblem.KeyNotRsa => (
                StatusCodes.BadCertificatePolicyCheckFailed,
                $"{of} has no RSA key, which the policy {expected.KeyPolicy} needs",
                $"Ask {Owner} for a certificate with an RSA key of {expected.KeyPolicy.RsaBitsMin} to {expected.KeyPolicy.RsaBitsMax} bits."),
            CertificateProblem.KeyTooShort => (
                StatusCodes.BadCertificatePolicyCheckFailed,
                $"{culprit} has a key that is too short: {detail} are needed",
                $"Ask {Owner} for a certificate with a longer key."),
            CertificateProblem.KeyTooLong => (
                StatusCodes.BadCertificatePolicyCheckFailed,
                $"{culprit} has a key that is too long: {detail} are allowed",
                $"Ask {Owner} for a certificate with a shorter key."),
            CertificateProblem.BrokenSignature => (
                StatusCodes.BadCertificateInvalid,
                $"{culprit} was not signed by the {detail} that it names: it is damaged or forged",
                $"Find out where it comes from before anything else; then ask {Owner} for a genuine one."),
            CertificateProblem.BrokenExtension => (
                StatusCodes.BadCertificateInvalid,
                $"{of} or an issuer of it has an extension that forbids this use or is broken ({detail})",
                $"Ask {Owner} for a certificate without it."),
            CertificateProblem.Rejected => (
                StatusCodes.BadCertificateUntrusted,
                $"{culprit} was rejected here by a person (\"ifedge cert reject\")",
                $"Ask who rejected it on this machine, and why. If the no is to be taken back: ifedge cert trust {finding.Culprit.Thumbprint} {Data}"),
            CertificateProblem.Changed => OfChange(finding.Before!, leaf, notKept),
            CertificateProblem.Untrusted => (
                StatusCodes.BadCertificateUntrusted, $"{of} is not trusted by anybody here yet{Kept(notKept)}", TrustStep(leaf, notKept)),
            _ => OfUse(finding, of, issuer),
        };
    }

    private (uint Status, string Sentence, string NextStep) OfChange(StoredCertificate before, X509Certificate2 leaf, string? notKept)
    {
        var known = before.Device is { } device ? $"pinned for the device {device}" : "trusted here";
        return (
            StatusCodes.BadCertificateUntrusted,
            $"The certificate of {Peer} has CHANGED: it shows {Name(leaf)}, and for the application \"{PlainText.Of(before.ApplicationUri)}\" another one is {known} "
            + $"({before.Subject}, thumbprint {before.Thumbprint}, valid from {Time(before.NotBeforeUtc)} to {Time(before.NotAfterUtc)}). "
            + $"A renewed certificate looks like this, and so does a man in the middle{Kept(notKept)}",
            $"Ask {Owner} whether it was replaced on purpose, and compare the new thumbprint with the one that is seen there. If it was: ifedge cert trust {leaf.Thumbprint} {Data}, "
            + $"and ifedge cert reject {before.Thumbprint} {Data} so that the old one is taken no more. If not, trust nothing, and find out who answers at that address.");
    }

    private (uint Status, string Sentence, string NextStep) OfUse(CertificateFinding finding, string of, string issuer)
    {
        var detail = finding.Detail;
        return finding.Problem switch
        {
            CertificateProblem.Expired => (
                StatusCodes.BadCertificateTimeInvalid,
                $"{of} has expired: it was valid until {detail}, and now it is {Time(utcNow)}",
                $"Ask {Owner} to renew it, then trust the new one; if it is this machine's clock that is wrong, set it."),
            CertificateProblem.NotYetValid => (
                StatusCodes.BadCertificateTimeInvalid,
                $"{of} is not valid yet: only from {detail}, and now it is {Time(utcNow)}",
                $"Look at this machine's clock first (\"timedatectl\"), then ask {Owner} to look at the one that the certificate was made with."),
            CertificateProblem.IssuerExpired => (
                StatusCodes.BadCertificateIssuerTimeInvalid,
                $"{issuer} has expired: it was valid until {detail}, and now it is {Time(utcNow)}",
                $"Ask {Owner} for a certificate from an authority that is still valid, and put that authority's into {Path.Combine(folder, "trusted", "certs")}."),
            CertificateProblem.IssuerNotYetValid => (
                StatusCodes.BadCertificateIssuerTimeInvalid,
                $"{issuer} is not valid yet: only from {detail}, and now it is {Time(utcNow)}",
                "Look at this machine's clock first (\"timedatectl\"), then ask the authority."),
            CertificateProblem.WrongHost => (
                StatusCodes.BadCertificateHostNameInvalid,
                $"{of} does not name the host {PlainText.Of(expected.Host)} that it was met at, but {(detail.Length == 0 ? "none" : detail)}",
                $"Write one of those hosts in the endpoint, or ask {Owner} for a certificate that names this one, or accept this one host for this one certificate: ifedge cert trust {finding.Culprit.Thumbprint} --host {PlainText.Of(expected.Host)} {Data}"),
            CertificateProblem.WrongUri => (
                StatusCodes.BadCertificateUriInvalid,
                $"{of} belongs to the application \"{detail}\", but the peer calls itself \"{PlainText.Of(expected.ApplicationUri)}\"",
                $"Somebody may pass for another. Nothing overrides this: ask {Owner} to make the application URI of the certificate and of the application the same."),
            CertificateProblem.WrongKeyUsage => (
                StatusCodes.BadCertificateUseNotAllowed,
                $"{of} may not be used for this: {detail}",
                $"Ask {Owner} for an OPC UA application certificate (digital signature, non-repudiation, key and data encipherment)."),
            CertificateProblem.WrongIssuerKeyUsage => (
                StatusCodes.BadCertificateIssuerUseNotAllowed,
                $"{issuer} is no authority that may issue it",
                $"Ask {Owner} who issued it and why; a certificate of a true authority is needed."),
            _ => OfRevocation(finding, of, issuer),
        };
    }

    private (uint Status, string Sentence, string NextStep) OfRevocation(CertificateFinding finding, string of, string issuer)
    {
        var detail = finding.Detail;
        var lists = $"{Path.Combine(folder, "trusted", "crl")} or {Path.Combine(folder, "issuers", "crl")}";
        return finding.Problem switch
        {
            CertificateProblem.Revoked => (
                StatusCodes.BadCertificateRevoked,
                $"{of} was taken back by its issuer {detail}",
                $"Do not use it any more, whoever shows it; ask {Owner} for the one that replaces it."),
            CertificateProblem.IssuerRevoked => (
                StatusCodes.BadCertificateIssuerRevoked,
                $"{issuer} was itself taken back by {detail}",
                $"Trust nothing of that authority any more; ask {Owner} for a certificate from another."),
            CertificateProblem.CrlMissing => (
                StatusCodes.BadCertificateRevocationUnknown,
                $"Whether {Lower(of)} was taken back cannot be said: there is no revocation list of its issuer {detail}",
                $"Ask the authority for its list and put it into {lists}, or accept to do without: \"allowMissingCrl\": true at the device."),
            CertificateProblem.CrlOutOfDate => (
                StatusCodes.BadCertificateRevocationUnknown,
                $"Whether {Lower(of)} was taken back cannot be said: the revocation list of its issuer is not of this time ({detail})",
                $"Ask the authority for its present list and put it into {lists}; if it is this machine's clock that is wrong, set it."),
            CertificateProblem.CrlBroken => (
                StatusCodes.BadCertificateRevocationUnknown,
                $"Whether {Lower(of)} was taken back cannot be said: the revocation list of its issuer is damaged, was not signed by it with SHA-256 or better, or tells a part only ({detail})",
                $"Find out who put that file there, remove it, and put the authority's complete list into {lists}."),
            CertificateProblem.IssuerRevocationUnknown => (
                StatusCodes.BadCertificateIssuerRevocationUnknown,
                $"Whether {Lower(issuer)} was taken back cannot be said: no revocation list counts that its own issuer signed ({detail})",
                $"Ask the authority for its present list and put it into {lists}, or accept to do without: \"allowMissingCrl\": true at the device."),
            _ => (
                StatusCodes.BadCertificateUntrusted,
                $"{of} came when the commissioning window was closed",
                "Commission it again, standing beside the device."),
        };
    }

    private static string Lower(string sentence) => "the" + sentence[3..];

    private static string Kept(string? notKept) => string.IsNullOrEmpty(notKept) ? "" : $", and it could not be kept for a person to look at ({notKept})";

    private string TrustStep(X509Certificate2 leaf, string? notKept) =>
        notKept is null ? $"Compare the thumbprint with the one that {Owner} sees; if they are the same, trust it."
        : notKept.Length > 0 ? $"Make room in {folder}, connect once more, compare the thumbprint with the one that {Owner} sees, and trust it: ifedge cert trust {leaf.Thumbprint} {Data}"
        : $"Compare the thumbprint with the one that {Owner} sees; if they are the same: ifedge cert trust {leaf.Thumbprint} {Data}";
}
