using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>CreateSession and ActivateSession (OPC UA Part 4, 5.6.2 and 5.6.3): what is asked, and what is checked before the answer is believed.</summary>
internal sealed class SessionHandshake(SessionSettings settings, EndpointDescription endpoint)
{
    /// <summary>Of both sides, whatever the policy (OPC UA Part 4, 5.6.2.2).</summary>
    private const int NonceBytes = 32;

    private static readonly string ShortNonce = $"sent a nonce of less than {NonceBytes} bytes";

    /// <summary>A signature or an encrypted password is worth something only once.</summary>
    private bool NeedsNonce => !settings.Policy.IsNone || settings.Identity is not UserIdentity.Anonymous;

    public CreateSessionRequest NewCreate() => new()
    {
        ClientDescription = new ApplicationDescription
        {
            ApplicationUri = settings.UriOfOurs,
            ProductUri = "urn:industriefutur:edge",
            ApplicationName = new LocalizedText(null, settings.ApplicationName),
            ApplicationType = ApplicationType.Client,
        },
        EndpointUrl = settings.Endpoint.Url,
        SessionName = settings.SessionName,
        ClientNonce = RandomNumberGenerator.GetBytes(NonceBytes),
        ClientCertificate = settings.Policy.IsNone ? null : settings.Certificate!.Der,
        RequestedSessionTimeout = settings.SessionTimeout.TotalMilliseconds,
        MaxResponseMessageSize = (uint)settings.Channel.Limits.MessageBytesMax,
    };

    /// <summary>Throws when the server that answers is not the one whose certificate was accepted, or does not offer what discovery said.</summary>
    public void Check(CreateSessionRequest request, CreateSessionResponse response)
    {
        if (NeedsNonce && response.ServerNonce is not { Length: >= NonceBytes })
        {
            throw Unsafe(ShortNonce);
        }

        if (!settings.Policy.IsNone)
        {
            CheckServer(request, response);
        }

        if (!EndpointChoice.IsAmong(endpoint, response.ServerEndpoints))
        {
            throw Unsafe("does not list, within the session, the endpoint that its discovery offered: somebody may have changed the discovery");
        }
    }

    public ActivateSessionRequest NewActivate(SessionHandle session)
    {
        var (token, tokenSignature) = UserTokens.Make(settings, session);
        return new ActivateSessionRequest
        {
            ClientSignature = OwnSignature(session),
            UserIdentityToken = token,
            UserTokenSignature = tokenSignature,
        };
    }

    /// <summary>Throws when the next proof would rest on a nonce that is missing or can be guessed.</summary>
    public void Check(ActivateSessionResponse response)
    {
        if (NeedsNonce && response.ServerNonce is not { Length: >= NonceBytes })
        {
            throw Unsafe(ShortNonce);
        }
    }

    private SignatureData OwnSignature(SessionHandle session)
    {
        if (settings.Policy.IsNone)
        {
            return new SignatureData();
        }

        using var key = settings.Certificate!.Certificate.GetRSAPrivateKey()
            ?? throw new InvalidOperationException("Our own certificate has no private RSA key.");
        return Signatures.Make(settings.Policy, key, session.Endpoint.ServerCertificate, session.ServerNonce);
    }

    private void CheckServer(CreateSessionRequest request, CreateSessionResponse response)
    {
        if (!EndpointChoice.SameCertificate(endpoint.ServerCertificate, response.ServerCertificate))
        {
            throw Unsafe("answered with another certificate than its endpoint has");
        }

        using var certificate = X509CertificateLoader.LoadCertificate(DerChain.Leaf(endpoint.ServerCertificate));
        using var key = certificate.GetRSAPublicKey();
        if (key is null || !Signatures.Verify(settings.Policy, key, response.ServerSignature, request.ClientCertificate!, request.ClientNonce!))
        {
            throw Unsafe("did not prove with a signature that its certificate is its own");
        }
    }

    private UaException Unsafe(string what) => new(
        StatusCodes.BadSecurityChecksFailed,
        $"{settings.Endpoint} {what}. No session is opened with it; check who answers at that address.");
}
