using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>A scripted server with a secured endpoint, which signs what it must and checks what it is sent; and a client's settings for it.</summary>
internal sealed class SecuredServer : IDisposable
{
    public const string ClientUri = "urn:test:client";

    private readonly SecurityPolicy _policy;

    public SecuredServer(SecurityPolicy policy, MessageSecurityMode mode, UserTokenPolicy token)
    {
        _policy = policy;
        Script = new ScriptedServer(new ServerChannelSettings
        {
            Endpoints =
            [
                new ServerEndpointSecurity(SecurityPolicies.None, MessageSecurityMode.None), new ServerEndpointSecurity(policy, mode),
            ],
            CheckPeer = (_, _) => RefuseIfTold(),
            Own = TestCertificates.Server,
        });
        Script.Endpoints.Clear();
        Script.Endpoints.Add(new EndpointDescription
        {
            SecurityMode = mode,
            SecurityPolicyUri = policy.Uri,
            ServerCertificate = TestCertificates.Server.RawData,
            UserIdentityTokens = [token],
        });
        Script.On<CreateSessionRequest, CreateSessionResponse>(NewSession);
        Script.On<ActivateSessionRequest, ActivateSessionResponse>(Activate);
    }

    public ScriptedServer Script { get; }

    /// <summary>Whose key signs CreateSession's answer.</summary>
    public X509Certificate2 Signer { get; set; } = TestCertificates.Server;

    /// <summary>The certificate in CreateSession's answer.</summary>
    public X509Certificate2 Shown { get; set; } = TestCertificates.Server;

    public byte[] Nonce { get; } = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    public int NonceBytes { get; set; } = 32;

    /// <summary>Of the nonce in ActivateSession's answer.</summary>
    public int NextNonceBytes { get; set; } = 32;

    /// <summary>What the last activation proved, in words.</summary>
    public string Proven { get; private set; } = "";

    public SessionSettings Settings(UserIdentity identity) => SubscriptionScene.SettingsFor(Script) with
    {
        Policy = _policy,
        Mode = Script.Endpoints[0].SecurityMode,
        Identity = identity,
        AllowInsecure = _policy.IsNone,
        Certificate = new ApplicationCertificate(TestCertificates.Client, ClientUri),
        CheckServer = (chain, _, _) => chain.Span.SequenceEqual(TestCertificates.Server.RawData)
            ? new CertificateVerdict(CertificateProblem.None, StatusCodes.Good, "", "", "")
            : new CertificateVerdict(CertificateProblem.Untrusted, StatusCodes.BadCertificateUntrusted, "Nobody trusts it.", "Trust it.", ""),
    };

    /// <summary>Whether the client's certificate is not taken any more.</summary>
    public bool IsClientRefused { get; set; }

    public void Dispose() => Script.Dispose();

    private void RefuseIfTold()
    {
        if (IsClientRefused)
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "The client's certificate was taken off the list.");
        }
    }

    private CreateSessionResponse NewSession(CreateSessionRequest request)
    {
        var response = new CreateSessionResponse
        {
            AuthenticationToken = new NodeId(0, 7001),
            ServerNonce = Nonce[..NonceBytes],
            RevisedSessionTimeout = 60_000,
            ServerCertificate = Shown.RawData,
            ServerEndpoints = [.. Script.Endpoints],
        };
        if (!_policy.IsNone)
        {
            using var key = Signer.GetRSAPrivateKey()!;
            response.ServerSignature = new SignatureData
            {
                Algorithm = _policy.AsymmetricSignatureUri,
                Signature = _policy.Sign(key, [.. request.ClientCertificate!, .. request.ClientNonce!]),
            };
        }

        return response;
    }

    private ActivateSessionResponse Activate(ActivateSessionRequest request)
    {
        Proven = string.Join(", ", ClientProof(request), UserProof(request));
        return new ActivateSessionResponse { ServerNonce = Nonce[..NextNonceBytes] };
    }

    private string ClientProof(ActivateSessionRequest request)
    {
        if (_policy.IsNone)
        {
            return request.ClientSignature.Signature is null ? "no client signature" : "a client signature without a policy";
        }

        using var key = TestCertificates.Client.GetRSAPublicKey()!;
        return IsSigned(_policy, key, request.ClientSignature) ? "client signed" : "client not signed";
    }

    private string UserProof(ActivateSessionRequest request)
    {
        var tokenUri = Script.Endpoints[0].UserIdentityTokens![0].SecurityPolicyUri;
        var policy = tokenUri is null ? _policy : SecurityPolicies.Find(tokenUri)!;
        if (request.UserIdentityToken.TryDecode<UserNameIdentityToken>(out var user))
        {
            return $"{user!.UserName} with {PasswordOf(user, policy)}";
        }

        if (request.UserIdentityToken.TryDecode<X509IdentityToken>(out var certificate))
        {
            using var loaded = X509CertificateLoader.LoadCertificate(certificate!.CertificateData!);
            using var key = loaded.GetRSAPublicKey()!;
            return IsSigned(policy, key, request.UserTokenSignature) ? $"{loaded.Subject} signed" : "user not signed";
        }

        return "anonymous";
    }

    private string PasswordOf(UserNameIdentityToken user, SecurityPolicy policy)
    {
        if (user.EncryptionAlgorithm is null)
        {
            return $"plain '{Encoding.UTF8.GetString(user.Password!)}'";
        }

        using var key = TestCertificates.Server.GetRSAPrivateKey()!;
        var plain = policy.Decrypt(key, user.Password);
        var length = BinaryPrimitives.ReadInt32LittleEndian(plain);
        var isFresh = plain.AsSpan(sizeof(int) + length - NonceBytes, NonceBytes).SequenceEqual(Nonce);
        return $"{(isFresh ? "fresh" : "stale")} '{Encoding.UTF8.GetString(plain, sizeof(int), length - NonceBytes)}'";
    }

    private bool IsSigned(SecurityPolicy policy, RSA key, SignatureData signature) =>
        signature.Algorithm == policy.AsymmetricSignatureUri
        && policy.Verify(key, [.. TestCertificates.Server.RawData, .. Nonce], signature.Signature);
}
