using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>
/// Opens a secure channel with our certificate, and closes it again. It comes before the server's certificate is judged, because
/// nothing goes over this channel, and a person wants to know of both sides of the trust at once.
/// </summary>
internal sealed class SecurityRung : IRung
{
    public string Name => "security";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        if (state.IsInsecure)
        {
            return RungAnswer.Ok("no keys, no certificates: the endpoint is without protection");
        }

        var own = state.Trust.LoadOwn();
        state.Own = own;
        var policy = SecurityPolicies.Find(state.Endpoint.SecurityPolicyUri)!;
        var security = new ChannelSecurity(policy, state.Endpoint.SecurityMode, own.Certificate, own.Der, state.Endpoint.ServerCertificate);
        try
        {
            using var channel = ClientChannel.Open(state.Request.Endpoint, security, state.ChannelSettings, cancellationToken);
            return RungAnswer.Ok($"a secure channel opens: {ServerEndpoint.Name(state.Endpoint)}", Facts(own));
        }
        catch (UaException cause) when (IsRefusal(cause))
        {
            return RungAnswer.Broken(
                ExitCode.Refused,
                $"the server does not open a secure channel with us ({StatusCodes.NameOf(cause.Status)}): most likely it does not trust our certificate yet",
                ProbeAdvice.TrustUs(state),
                [.. Facts(own), new RungFact("said", ServerWords.Plain(cause.Message))]);
        }
    }

    /// <summary>Many servers say nothing and hang up, so that a stranger learns nothing.</summary>
    private static bool IsRefusal(UaException cause) =>
        (cause.IsOfPeer && ProbeAdvice.IsAboutCertificates(cause.Status))
        || cause.Status is StatusCodes.BadConnectionClosed or StatusCodes.BadSecureChannelClosed or StatusCodes.BadConnectionRejected or StatusCodes.BadUserAccessDenied;

    private static RungFact[] Facts(ApplicationCertificate own) =>
    [
        new("our certificate", own.Certificate.Subject),
        new("our thumbprint", own.Certificate.Thumbprint),
        new("our application URI", own.ApplicationUri),
        new("our certificate is valid until", ServerWords.Utc(own.Certificate.NotAfter.ToUniversalTime())),
    ];
}
