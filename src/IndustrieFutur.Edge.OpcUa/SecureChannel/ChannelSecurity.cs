using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>How a client's channel is to be secured: policy and mode, our certificate with its key, and the server's, which was checked before.</summary>
/// <param name="OwnDerChain">What the server is sent: our certificate, and perhaps those of its issuers; null sends the certificate alone.</param>
/// <param name="PeerDer">The server's certificate out of its endpoint; issuers behind it are ignored here.</param>
public sealed record ChannelSecurity(SecurityPolicy Policy, MessageSecurityMode Mode, X509Certificate2? Own, byte[]? OwnDerChain, byte[]? PeerDer)
{
    /// <summary>For discovery.</summary>
    public static ChannelSecurity None { get; } = new(SecurityPolicies.None, MessageSecurityMode.None, null, null, null);
}
