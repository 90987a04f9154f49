namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>What a peer's certificate must say, besides being trusted.</summary>
public sealed record CertificateExpectations
{
    public CertificateRole Role { get; init; } = CertificateRole.Server;

    /// <summary>Where we connect to, as it was configured; a server's certificate must name it.</summary>
    public string? Host { get; init; }

    /// <summary>What the peer calls itself; its certificate must say the same, and nothing overrides that.</summary>
    public string? ApplicationUri { get; init; }

    /// <summary>Says how long keys must be; without one, or with None, as Basic256Sha256 does.</summary>
    public SecurityPolicy? Policy { get; init; }

    /// <summary>The devices behind this server, as the configuration calls them: what was pinned for one of them counts.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Accept what an authority issued although its revocation list is not in the store.</summary>
    public bool AllowMissingCrl { get; init; }

    /// <summary>Keep a certificate that nobody trusts where "ifedge cert trust" finds it.</summary>
    public bool KeepSeen { get; init; } = true;

    /// <summary>Within a commissioning window: trust is not asked for, everything else is.</summary>
    internal bool IsCommissioning { get; init; }

    /// <summary>Within a commissioning window: the certificate need not name the host.</summary>
    internal bool IsHostAccepted { get; init; }

    /// <summary>How sentences call the peer.</summary>
    internal string PeerName => Role == CertificateRole.Server ? $"the server {PlainText.Of(Host)}" : $"the client {PlainText.Of(ApplicationUri)}";

    internal SecurityPolicy KeyPolicy => Policy is { IsNone: false } policy ? policy : SecurityPolicies.Basic256Sha256;

    /// <summary>Our own mistakes.</summary>
    internal void Check()
    {
        if (Role == CertificateRole.Server && string.IsNullOrEmpty(Host))
        {
            throw new ArgumentException("A server's certificate is compared with the host that it was asked for at; there is none.");
        }

        if (Role != CertificateRole.Server && (IsCommissioning || IsHostAccepted || Devices.Count > 0))
        {
            throw new ArgumentException("Only servers are commissioned and pinned.");
        }
    }
}
