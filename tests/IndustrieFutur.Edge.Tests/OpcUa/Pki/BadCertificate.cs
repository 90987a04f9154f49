using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>A way in which a certificate is bad.</summary>
/// <param name="Show">Prepares the store, and says what the server shows.</param>
/// <param name="Says">A piece of the sentence that no other problem's has.</param>
internal sealed record BadCertificate(CertificateProblem Problem, uint Status, string Says, Func<PkiBed, byte[]> Show)
{
    public CertificateExpectations Expected { get; init; } = PkiBed.Expected;
}
