using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Who the blasting server says it is: one endpoint of one policy, and a certificate that lives as long as its process.</summary>
internal sealed class OpcUaBlastIdentity : IDisposable
{
    public const string ApplicationUri = "urn:industriefutur:edge:blast";

    /// <summary>Of its items: the same as the foreign server's, so that one client serves for both.</summary>
    public const string Namespace = "urn:industriefutur:test:signals";

    private const string BinaryTransport = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    public OpcUaBlastIdentity(SecurityPolicy policy)
    {
        Policy = policy;
        Certificate = NewCertificate();
        CertificateDer = Certificate.RawData;
    }

    public SecurityPolicy Policy { get; }

    public MessageSecurityMode Mode => Policy.Name == "None" ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt;

    /// <summary>The endpoint's own policy, and None besides it for the client's discovery; whoever comes is trusted, on this loopback.</summary>
    public ServerChannelSettings ChannelSettings => new()
    {
        Endpoints = [new(SecurityPolicies.ByName("None")!, MessageSecurityMode.None), new(Policy, Mode)],
        CheckPeer = (_, _) => { },
        Own = Certificate,
    };

    public X509Certificate2 Certificate { get; }

    public byte[] CertificateDer { get; }

    public static byte[] NewNonce() => RandomNumberGenerator.GetBytes(32);

    public void Dispose() => Certificate.Dispose();

    public EndpointDescription[] Endpoints(string? url) =>
    [
        new()
        {
            EndpointUrl = url,
            Server = new()
            {
                ApplicationUri = ApplicationUri,
                ProductUri = ApplicationUri,
                ApplicationName = new LocalizedText("en", "Blast"),
                ApplicationType = ApplicationType.Server,
                DiscoveryUrls = [url],
            },
            ServerCertificate = CertificateDer,
            SecurityMode = Mode,
            SecurityPolicyUri = Policy.Uri,
            UserIdentityTokens = [new() { PolicyId = "anonymous", TokenType = UserTokenType.Anonymous }],
            TransportProfileUri = BinaryTransport,
        },
    ];

    /// <summary>Proves to the client that we hold the key of our certificate (OPC UA Part 4, 5.7.2).</summary>
    public SignatureData Sign(CreateSessionRequest request)
    {
        if (Mode == MessageSecurityMode.None)
        {
            return new();
        }

        using var key = Certificate.GetRSAPrivateKey()!;
        return new() { Algorithm = Policy.AsymmetricSignatureUri, Signature = Policy.Sign(key, [.. request.ClientCertificate ?? [], .. request.ClientNonce ?? []]) };
    }

    /// <summary>For the server and, as it is a loopback, for its client too.</summary>
    public static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Blast", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(ApplicationUri));
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
