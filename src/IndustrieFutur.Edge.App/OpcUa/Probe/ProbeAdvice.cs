using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>What a person does about a status that ended a rung, and how the verb ends then.</summary>
internal static class ProbeAdvice
{
    public static RungAnswer On(UaException cause, ProbeState state)
    {
        var (exitCode, next) = Of(cause, state);
        return RungAnswer.Broken(exitCode, Text(cause), next, new RungFact("status", StatusCodes.NameOf(cause.Status)));
    }

    /// <summary>The client's own sentence promises to connect again, as the service does; a probe does not.</summary>
    private static string Text(UaException cause) => cause is DistrustedServerException ours ? ours.Verdict.Sentence : cause.Status is
        StatusCodes.BadConnectionClosed or StatusCodes.BadSecureChannelClosed or StatusCodes.BadCommunicationError
        ? "the other side ends the connection at this step, without a word"
        : cause.Message;

    /// <summary>Exit code and next step: our own verdict has its own, a status has that of whoever said it.</summary>
    public static (int ExitCode, string Next) Of(UaException cause, ProbeState state) => cause switch
    {
        DistrustedServerException ours => (ExitCode.Refused, ours.Verdict.NextStep),
        _ when cause.Status is not StatusCodes.BadSecurityChecksFailed and not StatusCodes.BadApplicationSignatureInvalid && IsAboutCertificates(cause.Status) => (
            ExitCode.Refused,
            cause.IsOfPeer
                ? "our certificate is refused: " + TrustUs(state)
                : $"the certificate of which this is said has to be replaced: the server's by its owner, ours with \"ifedge cert renew {PkiPlace.Option(state.Request.PkiFolder)}\""),
        _ => Of(cause.Status, state.Request),
    };

    private static (int ExitCode, string Next) Of(uint status, ServerRequest request) => status switch
    {
        StatusCodes.BadTimeout or StatusCodes.BadRequestTimeout =>
            (ExitCode.TimedOut, "the server is connected but slow or stuck: look at its load and its log, or give it longer with --timeout"),
        StatusCodes.BadUserAccessDenied or StatusCodes.BadIdentityTokenRejected or StatusCodes.BadIdentityTokenInvalid or StatusCodes.BadUserSignatureInvalid =>
            (ExitCode.Refused, Login(request)),
        StatusCodes.BadSecurityPolicyRejected or StatusCodes.BadSecurityModeRejected or StatusCodes.BadSecurityModeInsufficient =>
            (ExitCode.Refused, "the server lists this endpoint but does not take it: choose another with --policy and --mode, or look at its security settings"),
        StatusCodes.BadTooManySessions or StatusCodes.BadTcpServerTooBusy or StatusCodes.BadTcpNotEnoughResources or StatusCodes.BadOutOfMemory =>
            (ExitCode.CannotConnect, "every place of the server is taken: close another client (a SCADA, an engineering tool), or wait until their sessions end"),
        StatusCodes.BadTcpEndpointUrlInvalid or StatusCodes.BadServerUriInvalid =>
            (ExitCode.CannotConnect, "the server listens here but under another path; its manual or settings show the whole address, such as opc.tcp://host:4840/path"),
        StatusCodes.BadServerHalted or StatusCodes.BadShutdown =>
            (ExitCode.CannotConnect, "the server is there but does not work: start it, or wait until it has started"),
        StatusCodes.BadConfigurationError =>
            (ExitCode.Refused, $"--data names the folder whose pki holds the certificates; look at it with \"ifedge cert list {PkiPlace.Option(request.PkiFolder)}\""),
        StatusCodes.BadLicenseExpired =>
            (ExitCode.CannotConnect, "the licence of the server has ended: renew it with its vendor"),
        StatusCodes.BadTcpMessageTypeInvalid =>
            (ExitCode.CannotConnect, "another program listens on this port: correct it; 4840 is the usual one of OPC UA"),
        StatusCodes.BadSecurityChecksFailed or StatusCodes.BadApplicationSignatureInvalid or StatusCodes.BadNonceInvalid =>
            (ExitCode.Refused, "look who answers at this address (a proxy, another device), and compare the certificates of both sides; the server's log says which check failed"),
        _ => (ExitCode.CannotConnect, "the log of the server says more; look there for this moment"),
    };

    /// <summary>How the person at the server lets us in.</summary>
    public static string TrustUs(ProbeState state) =>
        "move ours from the rejected to the trusted ones in the server's settings, then probe again; to carry it there: "
        + (state.Own?.ExportCommand ?? $"ifedge cert export --out ours.der {PkiPlace.Option(state.Request.PkiFolder)}");

    /// <summary>What servers answer to a client whose certificate they do not take; some only hang up.</summary>
    public static bool IsAboutCertificates(uint status) => status is
        StatusCodes.BadSecurityChecksFailed or StatusCodes.BadCertificateInvalid or StatusCodes.BadCertificateTimeInvalid
        or StatusCodes.BadCertificateIssuerTimeInvalid or StatusCodes.BadCertificateHostNameInvalid or StatusCodes.BadCertificateUriInvalid
        or StatusCodes.BadCertificateUseNotAllowed or StatusCodes.BadCertificateIssuerUseNotAllowed or StatusCodes.BadCertificateUntrusted
        or StatusCodes.BadCertificateRevocationUnknown or StatusCodes.BadCertificateIssuerRevocationUnknown or StatusCodes.BadCertificateRevoked
        or StatusCodes.BadCertificateIssuerRevoked or StatusCodes.BadCertificateChainIncomplete or StatusCodes.BadCertificatePolicyCheckFailed
        or StatusCodes.BadApplicationSignatureInvalid or StatusCodes.BadNoValidCertificates;

    private static string Login(ServerRequest request) => request.TokenType switch
    {
        UserTokenType.Anonymous => "the server lists anonymous but does not let it in: name a user with --user NAME --password-from env:NAME",
        UserTokenType.UserName => "check name and password in the server's user list; do not try often, servers lock users out",
        _ => "add the user's certificate to the trusted user certificates of the server",
    };
}
