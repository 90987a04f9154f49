using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>One check's objection.</summary>
/// <param name="Culprit">The certificate that it is about: the peer's, or an issuer's.</param>
/// <param name="Detail">What is there, for the sentence.</param>
internal sealed record CertificateFinding(CertificateProblem Problem, X509Certificate2 Culprit, string Detail = "")
{
    /// <summary>The one that is trusted in its place; null but for <see cref="CertificateProblem.Changed"/>.</summary>
    public StoredCertificate? Before { get; init; }
}
