namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Whether a certificate is accepted; if not, what is wrong, in a sentence, and what a person can do.</summary>
/// <param name="Problem">None when it is accepted.</param>
/// <param name="Status">The OPC UA status code of the problem; Good when there is none.</param>
/// <param name="Sentence">What is wrong, with which certificate of whom, and what we do about it.</param>
/// <param name="NextStep">The command to type, or what to ask of whom.</param>
/// <param name="Thumbprint">Of the certificate that was shown; empty when it is none.</param>
public sealed record CertificateVerdict(CertificateProblem Problem, uint Status, string Sentence, string NextStep, string Thumbprint)
{
    public bool IsAccepted => Problem == CertificateProblem.None;
}
