using System.Net;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>What a server says of itself: FindServers and GetEndpoints (OPC UA Part 4, 5.5.2 and 5.5.4).</summary>
internal sealed class ServerEndpoints(UaServerSettings settings)
{
    public const string BinaryProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    /// <summary>A mode that encrypts is above every one that signs.</summary>
    private const byte EncryptedLevel = 100;

    private const byte SignedLevel = 50;

    /// <summary>Under which the secrets of users travel on an endpoint without security.</summary>
    private static readonly SecurityPolicy SecretsOnNone = SecurityPolicies.Basic256Sha256;

    /// <summary>Once the server listens.</summary>
    public string Url { get; private set; } = "";

    public void Listens(IPEndPoint at)
    {
        var isAny = at.Address.Equals(IPAddress.Any) || at.Address.Equals(IPAddress.IPv6Any);
        Url = isAny
            ? string.Create(null, $"opc.tcp://{OwnCertificateRequest.HostName}:{at.Port}{settings.Path}")
            : $"opc.tcp://{at}{settings.Path}";
    }

    public FindServersResponse Answer(FindServersRequest request)
    {
        var isMeant = request.ServerUris is not { Length: > 0 } uris || uris.Contains(settings.ApplicationUri);
        return new FindServersResponse { Servers = isMeant ? [Application(UrlFor(request.EndpointUrl))] : [] };
    }

    public GetEndpointsResponse Answer(GetEndpointsRequest request)
    {
        var isMeant = request.ProfileUris is not { Length: > 0 } profiles || profiles.Contains(BinaryProfile);
        return new GetEndpointsResponse { Endpoints = isMeant ? All(request.EndpointUrl) : [] };
    }

    /// <summary>With the host and port by which the client reaches us: ours may be names that it cannot resolve.</summary>
    public EndpointDescription[] All(string? askedUrl)
    {
        var url = UrlFor(askedUrl);
        return [.. settings.Endpoints.Select(endpoint => Describe(endpoint, url))];
    }

    /// <summary>A user's secret is never taken in clear: on None it needs our certificate and a policy of its own.</summary>
    public IEnumerable<UserTokenPolicy> TokensFor(SecurityPolicy policy)
    {
        if (settings.Users.IsAnonymousAllowed)
        {
            yield return new UserTokenPolicy { PolicyId = "anonymous", TokenType = UserTokenType.Anonymous };
        }

        if (policy.IsNone && settings.Certificate is null)
        {
            yield break;
        }

        var secretsUri = policy.IsNone ? SecretsOnNone.Uri : null;
        if (settings.Users.CheckPassword is not null)
        {
            yield return new UserTokenPolicy { PolicyId = "username", TokenType = UserTokenType.UserName, SecurityPolicyUri = secretsUri };
        }

        if (settings.Users.CheckCertificate is not null)
        {
            yield return new UserTokenPolicy { PolicyId = "certificate", TokenType = UserTokenType.Certificate, SecurityPolicyUri = secretsUri };
        }
    }

    private string UrlFor(string? asked) =>
        EndpointAddress.TryParse(asked, out var address, out _) ? $"opc.tcp://{address.HostAndPort}{settings.Path}" : Url;

    private EndpointDescription Describe(ServerEndpointSecurity endpoint, string url) => new()
    {
        EndpointUrl = url,
        Server = Application(url),
        ServerCertificate = settings.DerChain,
        SecurityMode = endpoint.Mode,
        SecurityPolicyUri = endpoint.Policy.Uri,
        UserIdentityTokens = [.. TokensFor(endpoint.Policy)],
        TransportProfileUri = BinaryProfile,
        SecurityLevel = LevelOf(endpoint),
    };

    private ApplicationDescription Application(string url) => new()
    {
        ApplicationUri = settings.ApplicationUri,
        ProductUri = settings.ProductUri,
        ApplicationName = new LocalizedText("en", settings.ApplicationName),
        ApplicationType = ApplicationType.Server,
        DiscoveryUrls = [url],
    };

    private static byte LevelOf(ServerEndpointSecurity endpoint)
    {
        var strength = SecurityPolicies.All.TakeWhile(policy => policy != endpoint.Policy).Count();
        return (byte)(endpoint.Mode switch
        {
            MessageSecurityMode.SignAndEncrypt => EncryptedLevel + strength,
            MessageSecurityMode.Sign => SignedLevel + strength,
            _ => 0,
        });
    }
}
