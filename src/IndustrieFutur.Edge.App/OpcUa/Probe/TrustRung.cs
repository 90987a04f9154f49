using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Judges the certificate that the server shows, with the checks and the store of the service.</summary>
internal sealed class TrustRung : IRung
{
    /// <summary>Time enough to order another one, and to change it when the cell stands still anyway.</summary>
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(30);

    public string Name => "trust";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        if (state.IsInsecure)
        {
            return RungAnswer.Ok("nothing to judge: the endpoint is without protection, and anybody could pass for the server");
        }

        var shown = state.Endpoint.ServerCertificate ?? [];
        using var certificate = Load(shown);
        var facts = certificate is null ? [] : Facts(certificate);
        var verdict = state.Trust.Check(shown, state.Endpoint, state.Request.Endpoint);
        if (verdict.Problem != CertificateProblem.None)
        {
            return RungAnswer.Broken(ExitCode.Refused, verdict.Sentence, verdict.NextStep, facts);
        }

        if (certificate is null)
        {
            return RungAnswer.Ok("the server's certificate is trusted");
        }

        var left = certificate.NotAfter.ToUniversalTime() - state.Clock.GetUtcNow().UtcDateTime;
        return left < ExpiresSoon
            ? RungAnswer.Doubt(
                $"the server's certificate is trusted, but only valid for {left.Days} more days",
                "have it renewed on the server, then trust the new one: without it every connection ends that day",
                facts)
            : RungAnswer.Ok("the server's certificate is trusted", facts);
    }

    /// <summary>The first one: issuers may follow (OPC UA Part 6, 6.2.6). What is no certificate has nothing to show; the check says so.</summary>
    private static X509Certificate2? Load(byte[] shown)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(shown, AsnEncodingRules.BER, out _, out _, out var bytes);
            return X509CertificateLoader.LoadCertificate(shown.AsSpan(0, bytes));
        }
        catch (Exception cause) when (cause is CryptographicException or AsnContentException)
        {
            return null;
        }
    }

    private static RungFact[] Facts(X509Certificate2 certificate) =>
    [
        new("subject", ServerWords.Plain(certificate.Subject)),
        new("issuer", ServerWords.Plain(certificate.Issuer)),
        new("thumbprint", certificate.Thumbprint),
        new("valid from", ServerWords.Utc(certificate.NotBefore.ToUniversalTime())),
        new("valid until", ServerWords.Utc(certificate.NotAfter.ToUniversalTime())),
    ];
}
