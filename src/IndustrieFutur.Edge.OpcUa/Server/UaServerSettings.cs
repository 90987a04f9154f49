using System.Net;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server;

/// <summary>Where a server listens, what it calls itself, and whom it lets in.</summary>
public sealed record UaServerSettings
{
    /// <summary>This machine only, until told otherwise; port 0 takes any free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, EndpointAddress.PortDefault);

    /// <summary>Empty, or beginning with '/'.</summary>
    public string Path { get; init; } = "";

    /// <summary>Must be the one in the certificate.</summary>
    public required string ApplicationUri { get; init; }

    public string ApplicationName { get; init; } = "IndustrieFutur.Edge";

    public string ProductUri { get; init; } = "urn:industriefutur:edge";

    public string Manufacturer { get; init; } = "IndustrieFutur";

    public string SoftwareVersion { get; init; } = "0.1.0";

    /// <summary>With its key; only a server that offers nothing but None does without.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>What clients are sent: the certificate and perhaps those of its issuers; null sends the certificate alone.</summary>
    public byte[]? CertificateChain { get; init; }

    /// <summary>In which ways sessions are secured. Discovery alone is always answered without security (OPC UA Part 4, 5.5.1).</summary>
    public IReadOnlyList<ServerEndpointSecurity> Endpoints { get; init; } =
    [
        new(SecurityPolicies.Aes256Sha256RsaPss, MessageSecurityMode.SignAndEncrypt),
        new(SecurityPolicies.Aes128Sha256RsaOaep, MessageSecurityMode.SignAndEncrypt),
        new(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt),
    ];

    /// <summary>Without it None is refused among the endpoints.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Needed as soon as one endpoint is secured; there is no default, for it would have to trust all or none.</summary>
    public ClientCertificateCheck? CheckClient { get; init; }

    public ServerUsers Users { get; init; } = new();

    public ServerLimitsSettings Limits { get; init; } = new();

    /// <summary>Who has not greeted and opened his channel by then only holds a place.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client may take no byte before its connection is dropped.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A channel that is renewed more often than this costs more RSA than a small computer has to give.</summary>
    public TimeSpan TokenLifetimeMin { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan TokenLifetimeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long clients can still read that the server shuts down before it does.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Takes a sentence when something was refused or failed, at most one a minute for the same address and reason; called by any thread, so it
    /// must be quick. Null: nobody listens.
    /// </summary>
    public Action<string>? Tell { get; init; }

    /// <summary>For the times in answers, the pace of what is told and of logins; deadlines are monotonic.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal byte[]? DerChain => CertificateChain ?? Certificate?.RawData;

    internal bool IsSecured => Endpoints.Any(endpoint => !endpoint.Policy.IsNone);

    /// <summary>Our own mistakes, before anything is opened.</summary>
    internal void Check()
    {
        foreach (var (policy, mode) in Endpoints)
        {
            Require(policy.IsNone == (mode == MessageSecurityMode.None), $"The policy {policy} and the mode {mode} exclude each other; None goes with None only.");
            Require(!policy.IsNone || AllowInsecure, "Sessions without security are refused. Offer a policy with SignAndEncrypt, or allow None with AllowInsecure.");
        }

        Require(Endpoints.Count > 0, "A server without endpoints lets nobody in; name one.");
        Require(!IsSecured || (Certificate is { HasPrivateKey: true } && CheckClient is not null), "Secured endpoints need a certificate with its key, and a check of the clients' certificates.");
        Require(Path.Length == 0 || Path[0] == '/', $"The path \"{Path}\" of the endpoint must begin with '/'.");
        ArgumentException.ThrowIfNullOrEmpty(ApplicationUri);
    }

    private void Require(bool isRight, string mistake)
    {
        if (!isRight)
        {
            throw new ArgumentException($"The OPC UA server {ApplicationUri} cannot be started: {mistake}");
        }
    }
}
