using System.Net;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>Which certificate of ours is wanted, and how it is made when there is none.</summary>
public sealed record OwnCertificateRequest
{
    /// <summary>Strong enough until 2030 and beyond, and the longest that old PLCs take without seconds of thinking.</summary>
    public const int KeyBitsDefault = 2048;

    private const string UriTail = ":IndustrieFutur:Edge:";

    /// <summary>Our name in the certificate; without it <c>urn:host:IndustrieFutur:Edge:edge</c>.</summary>
    public string? ApplicationUri { get; init; }

    /// <summary>The edge's id, for a new certificate. One that is there already will do, whichever edge's: a store serves one edge, and servers trust that one.</summary>
    public string? Edge { get; init; }

    /// <summary>Names and addresses of this machine; without any its host name.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>2048, 3072 or 4096; without it <see cref="KeyBitsDefault"/>, and at a renewal as long as before.</summary>
    public int? KeyBits { get; init; }

    internal static string HostName => Dns.GetHostName();

    /// <summary>In a new certificate.</summary>
    internal string NewUri => ApplicationUri ?? $"urn:{Uri.EscapeDataString(HostName)}{UriTail}{Uri.EscapeDataString(Edge ?? "edge")}";

    internal IReadOnlyList<string> NewHosts => Hosts.Count > 0 ? Hosts : [HostName];

    /// <summary>A machine that was given another name (a container is at each start) keeps its certificate: servers trust that one.</summary>
    internal bool IsServedBy(string uri) =>
        ApplicationUri is not null ? uri == ApplicationUri : Edge is null || uri.Contains(UriTail, StringComparison.Ordinal);

    /// <summary>Made for this edge, so preferred to another that will do as well.</summary>
    internal bool IsNamedBy(string uri) => Edge is not null && uri.EndsWith(UriTail + Uri.EscapeDataString(Edge), StringComparison.Ordinal);

    /// <summary>Throws <see cref="PkiUsageException"/> for what no certificate can hold.</summary>
    internal void Check()
    {
        if (KeyBits is not (null or 2048 or 3072 or 4096))
        {
            throw new PkiUsageException($"A key of {KeyBits} bits is not made; write 2048, 3072 or 4096.");
        }

        if (ApplicationUri is { } uri && (uri.Length == 0 || !uri.All(letter => char.IsAscii(letter) && letter > ' ') || !Uri.IsWellFormedUriString(uri, UriKind.Absolute)))
        {
            throw new PkiUsageException($"\"{PlainText.Of(uri)}\" is no application URI; write one such as urn:machine:IndustrieFutur:Edge:cell1.");
        }
    }
}
