using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>What a session needs to know to go to the endpoint that was taken, as the user that was named.</summary>
internal static class ServerSession
{
    /// <summary>A verb that was killed leaves its place on a small server free again after this.</summary>
    private static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(30);

    /// <param name="own">Null for an endpoint without protection.</param>
    public static SessionSettings Settings(ServerRequest request, EndpointDescription endpoint, ApplicationCertificate? own, ServerTrust trust, ChannelSettings channel) => new()
    {
        Endpoint = request.Endpoint,
        Policy = SecurityPolicies.Find(endpoint.SecurityPolicyUri) ?? throw new ArgumentException("An endpoint that we do not speak was taken.", nameof(endpoint)),
        Mode = endpoint.SecurityMode,
        Identity = request.Identity,
        Certificate = own,
        CheckServer = trust.Check,
        AllowInsecure = request.AllowInsecure,
        SessionTimeout = SessionTimeout,
        Channel = channel,
    };
}
