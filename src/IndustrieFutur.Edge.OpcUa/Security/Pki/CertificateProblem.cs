namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>What is wrong with a certificate; None means that it is accepted.</summary>
public enum CertificateProblem
{
    None = 0,
    Invalid,
    ChainIncomplete,
    KeyTooShort,
    KeyTooLong,
    WeakSignature,
    Untrusted,
    NotYetValid,
    Expired,
    IssuerNotYetValid,
    IssuerExpired,
    WrongHost,
    WrongUri,
    WrongKeyUsage,
    WrongIssuerKeyUsage,
    Revoked,
    IssuerRevoked,
    RevocationUnknown,
    IssuerRevocationUnknown,
}
