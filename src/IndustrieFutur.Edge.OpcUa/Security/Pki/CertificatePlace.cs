namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>In which folder of the store a certificate lies, and so what it is to us.</summary>
public enum CertificatePlace
{
    /// <summary>One of ours.</summary>
    Own,

    /// <summary>A peer, or an authority, that is trusted.</summary>
    Trusted,

    /// <summary>An authority that completes chains and by itself makes nothing trusted.</summary>
    Issuer,

    /// <summary>Shown by a peer and refused, because nobody has said anything of it yet.</summary>
    Seen,

    /// <summary>A person said no: it counts against whatever else makes it trusted, until a person takes it back.</summary>
    Rejected,

    /// <summary>One server's, for one device (see <see cref="CertificatePin"/>).</summary>
    Pinned,
}
