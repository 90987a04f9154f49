using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Tells what a status of the server is about: us, one variable, or the line.</summary>
internal static class OpcUaRefusal
{
    /// <summary>
    /// The server lives and does not want us: only a person, or much time, changes that. An endpoint that is not offered is none of it: a
    /// server that starts offers its endpoints one after the other.
    /// </summary>
    public static bool IsOfUs(uint status) => status
        is StatusCodes.BadUserAccessDenied or StatusCodes.BadIdentityTokenInvalid or StatusCodes.BadIdentityTokenRejected
        or StatusCodes.BadUserSignatureInvalid or StatusCodes.BadApplicationSignatureInvalid or StatusCodes.BadTooManySessions
        or StatusCodes.BadSecurityChecksFailed or StatusCodes.BadSecurityModeInsufficient or StatusCodes.BadNoValidCertificates or StatusCodes.BadServerUriInvalid
        or StatusCodes.BadLicenseExpired or StatusCodes.BadCertificateInvalid or StatusCodes.BadCertificateTimeInvalid
        or StatusCodes.BadCertificateIssuerTimeInvalid or StatusCodes.BadCertificateHostNameInvalid or StatusCodes.BadCertificateUriInvalid
        or StatusCodes.BadCertificateUseNotAllowed or StatusCodes.BadCertificateIssuerUseNotAllowed or StatusCodes.BadCertificateUntrusted
        or StatusCodes.BadCertificateRevocationUnknown or StatusCodes.BadCertificateIssuerRevocationUnknown
        or StatusCodes.BadCertificateRevoked or StatusCodes.BadCertificateIssuerRevoked or StatusCodes.BadCertificateChainIncomplete
        or StatusCodes.BadCertificatePolicyCheckFailed;

    /// <summary>A user that the server does not know, or a wrong password; servers say it in one of these ways (OPC UA Part 4, 5.6.3.3).</summary>
    public static bool IsOfLogin(uint status) => status
        is StatusCodes.BadUserAccessDenied or StatusCodes.BadIdentityTokenInvalid or StatusCodes.BadIdentityTokenRejected;

    /// <summary>What a person can do about a refusal of the server that says no more than its code; empty where the message says it, as ours do.</summary>
    /// <param name="cause">What the server, or this client, said.</param>
    /// <param name="own">What the server was shown; null when nothing was.</param>
    public static string Remedy(UaException cause, ApplicationCertificate? own) => !cause.IsOfPeer ? "" : cause.Status switch
    {
        StatusCodes.BadUserAccessDenied or StatusCodes.BadIdentityTokenInvalid or StatusCodes.BadIdentityTokenRejected =>
            " Check \"user\", its password and its rights on the server; some servers lock a user out after wrong passwords.",
        StatusCodes.BadUserSignatureInvalid => " Check the user's certificate and key, and that the server trusts it.",
        StatusCodes.BadTooManySessions => " The server has no session left: end another client, or raise its limit.",
        StatusCodes.BadSecurityChecksFailed or StatusCodes.BadApplicationSignatureInvalid => DistrustOf(own),
        StatusCodes.BadLicenseExpired => " The server's licence has run out; renew it.",
        _ => "",
    };

    private static string DistrustOf(ApplicationCertificate? own) => own is null
        ? " The server most likely does not trust our certificate: accept it there."
        : $" The server most likely does not trust our certificate, {own.Thumbprint}: accept it there (written to a file by: {own.ExportCommand}).";

    /// <summary>The variable as it is written will not do; the quality of a value that it has is another matter.</summary>
    public static bool IsOfVariable(uint status) => status
        is StatusCodes.BadNodeIdUnknown or StatusCodes.BadNodeIdInvalid or StatusCodes.BadAttributeIdInvalid or StatusCodes.BadNotReadable
        or StatusCodes.BadUserAccessDenied or StatusCodes.BadIndexRangeInvalid or StatusCodes.BadUnknownResponse or StatusCodes.BadNoMatch
        or StatusCodes.BadRequestTooLarge or StatusCodes.BadResponseTooLarge or StatusCodes.BadEncodingLimitsExceeded;

    /// <summary>The server cannot filter this variable; it can send every change.</summary>
    public static bool IsOfFilter(uint status) => status
        is StatusCodes.BadFilterNotAllowed or StatusCodes.BadMonitoredItemFilterInvalid or StatusCodes.BadMonitoredItemFilterUnsupported
        or StatusCodes.BadDeadbandFilterInvalid;
}
