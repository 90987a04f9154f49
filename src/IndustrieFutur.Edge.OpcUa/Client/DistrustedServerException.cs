using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>We do not accept the server's certificate, so nothing was sent to it: our verdict, and no word of the server's.</summary>
public sealed class DistrustedServerException(CertificateVerdict verdict) : UaException(verdict.Status, $"{verdict.Sentence} {verdict.NextStep}")
{
    public CertificateVerdict Verdict { get; } = verdict;
}
