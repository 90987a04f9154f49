namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>What was found of a certificate: accepted, or the one reason why not, in words.</summary>
/// <param name="Problem">None = accepted.</param>
/// <param name="Status">The OPC UA status code of the problem; 0 = Good.</param>
/// <param name="Sentence">What is wrong, with which certificate.</param>
/// <param name="NextStep">What a person can do.</param>
/// <param name="Thumbprint">SHA-1 of the leaf in hexadecimal, as people compare it.</param>
public sealed record CertificateVerdict(CertificateProblem Problem, uint Status, string Sentence, string NextStep, string Thumbprint);
