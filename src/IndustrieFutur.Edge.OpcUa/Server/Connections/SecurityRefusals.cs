using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Connections;

/// <summary>The statuses that say that somebody is not who he must be; they are counted apart (OPC UA Part 5, 12.9).</summary>
internal static class SecurityRefusals
{
    public static bool Contains(uint status) => status
        is StatusCodes.BadSecurityChecksFailed
        or StatusCodes.BadSecurityPolicyRejected
        or StatusCodes.BadSecurityModeRejected
        or StatusCodes.BadApplicationSignatureInvalid
        or StatusCodes.BadUserSignatureInvalid
        or StatusCodes.BadUserAccessDenied
        or StatusCodes.BadIdentityTokenInvalid
        or StatusCodes.BadIdentityTokenRejected
        or StatusCodes.BadIdentityChangeNotSupported
        or StatusCodes.BadNonceInvalid
        or StatusCodes.BadCertificateChainIncomplete
        or StatusCodes.BadCertificatePolicyCheckFailed
        or (>= StatusCodes.BadCertificateInvalid and <= StatusCodes.BadCertificateIssuerRevoked);
}
