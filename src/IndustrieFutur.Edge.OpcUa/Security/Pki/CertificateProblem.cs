namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>What is wrong with a certificate; None is the only one that is accepted. Each has a sentence and a next step of its own.</summary>
public enum CertificateProblem
{
    None,

    /// <summary>The bytes are no certificate, or too many of them.</summary>
    NotACertificate,

    /// <summary>An issuer is neither in the store nor was it sent.</summary>
    ChainIncomplete,

    /// <summary>SHA-1, MD5, or a signature that we do not know.</summary>
    WeakSignature,

    KeyNotRsa,
    KeyTooShort,
    KeyTooLong,

    /// <summary>The issuer did not sign it.</summary>
    BrokenSignature,

    /// <summary>An extension that must be understood is not, or forbids what is done here.</summary>
    BrokenExtension,

    /// <summary>A person said no to it, or to an issuer of it.</summary>
    Rejected,

    /// <summary>Neither it nor an issuer of it is in the trusted folder.</summary>
    Untrusted,

    /// <summary>Not trusted, and another one of the same application is: what a renewal and a man in the middle look like.</summary>
    Changed,

    Expired,
    NotYetValid,
    IssuerExpired,
    IssuerNotYetValid,
    WrongHost,
    WrongUri,
    WrongKeyUsage,
    WrongIssuerKeyUsage,
    Revoked,
    IssuerRevoked,

    /// <summary>There is no revocation list of its issuer.</summary>
    CrlMissing,

    /// <summary>The only revocation lists are not of this time.</summary>
    CrlOutOfDate,

    /// <summary>The only revocation lists were not signed by the issuer, tell a part only, or cannot be read.</summary>
    CrlBroken,

    /// <summary>No revocation list of an issuer's issuer that counts.</summary>
    IssuerRevocationUnknown,

    /// <summary>The commissioning window was not open.</summary>
    WindowClosed,
}
