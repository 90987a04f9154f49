using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// Makes the proof of who we are (OPC UA Part 4, 7.40). A password is encrypted with the policy that the server asks for, and is not sent
/// at all when it would leave in clear.
/// </summary>
internal static class UserTokens
{
    /// <summary>The token and, for a certificate, its signature.</summary>
    public static (ExtensionObject Token, SignatureData Signature) Make(SessionSettings settings, SessionHandle session)
    {
        var endpoint = session.Endpoint;
        switch (settings.Identity)
        {
            case UserIdentity.UserPassword user:
                return (Wrapped(Password(user, settings, session)), new SignatureData());
            case UserIdentity.UserCertificate user:
                return Certificate(user, settings, session);
            default:
                var policy = Offered(endpoint, settings).FirstOrDefault() ?? throw NotOffered(settings);
                return (ExtensionObject.Of(new AnonymousIdentityToken { PolicyId = policy.PolicyId }), new SignatureData());
        }
    }

    /// <summary>What may be a password in clear stays in memory no longer than it must.</summary>
    private static ExtensionObject Wrapped(UserNameIdentityToken token)
    {
        var wrapped = ExtensionObject.Of(token);
        CryptographicOperations.ZeroMemory(token.Password);
        return wrapped;
    }

    private static UserNameIdentityToken Password(UserIdentity.UserPassword user, SessionSettings settings, SessionHandle session)
    {
        var offered = Offered(session.Endpoint, settings).ToList();
        var encrypting = offered.Find(token => PolicyOf(token, session.Endpoint) is { IsNone: false });
        if (encrypting is not null)
        {
            return Encrypted(user, settings, session, encrypting);
        }

        var plain = offered.Find(token => PolicyOf(token, session.Endpoint) is { IsNone: true }) ?? throw NotOffered(settings);
        if (settings.Mode != MessageSecurityMode.SignAndEncrypt)
        {
            throw new UaException(
                StatusCodes.BadSecurityModeInsufficient,
                $"{settings.Endpoint} takes the password of \"{user.User}\" only in clear on this endpoint ({settings.Mode}): it was not sent. "
                + "Use the mode SignAndEncrypt, or have the server name a security policy for user names.");
        }

        // Within an encrypted channel, and the server wants it so.
        return new UserNameIdentityToken { PolicyId = plain.PolicyId, UserName = user.User, Password = user.Password() };
    }

    private static UserNameIdentityToken Encrypted(
        UserIdentity.UserPassword user, SessionSettings settings, SessionHandle session, UserTokenPolicy token)
    {
        if (settings.CheckServer is null)
        {
            throw new UaException(
                StatusCodes.BadSecurityChecksFailed,
                $"The certificate of {settings.Endpoint} was checked by nobody, so the password of \"{user.User}\" was not encrypted with it and not sent. "
                + "Use an endpoint with security.");
        }

        var password = user.Password();
        try
        {
            var secret = SecretEncryption.Encrypt(
                PolicyOf(token, session.Endpoint)!, session.Endpoint.ServerCertificate, password, session.ServerNonce);
            return new UserNameIdentityToken
            {
                PolicyId = token.PolicyId,
                UserName = user.User,
                Password = secret.Bytes,
                EncryptionAlgorithm = secret.AlgorithmUri,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    private static (ExtensionObject Token, SignatureData Signature) Certificate(
        UserIdentity.UserCertificate user, SessionSettings settings, SessionHandle session)
    {
        var token = Offered(session.Endpoint, settings).FirstOrDefault(token => PolicyOf(token, session.Endpoint) is { IsNone: false })
            ?? throw NotOffered(settings);
        using var key = user.Certificate.GetRSAPrivateKey()
            ?? throw new ArgumentException($"{user.Name} has no private RSA key, so nothing can be signed with it. Configure the key that belongs to it.");
        var identity = new X509IdentityToken { PolicyId = token.PolicyId, CertificateData = user.Certificate.RawData };
        var signature = Signatures.Make(PolicyOf(token, session.Endpoint)!, key, session.Endpoint.ServerCertificate, session.ServerNonce);
        return (ExtensionObject.Of(identity), signature);
    }

    private static IEnumerable<UserTokenPolicy> Offered(EndpointDescription endpoint, SessionSettings settings) =>
        (endpoint.UserIdentityTokens ?? []).Where(token => token.TokenType == settings.Identity.TokenType);

    /// <summary>The token's own policy, or the endpoint's when it names none; null when we do not speak it.</summary>
    private static SecurityPolicy? PolicyOf(UserTokenPolicy token, EndpointDescription endpoint) =>
        SecurityPolicies.Find(string.IsNullOrEmpty(token.SecurityPolicyUri) ? endpoint.SecurityPolicyUri : token.SecurityPolicyUri);

    private static UaException NotOffered(SessionSettings settings) => new(
        StatusCodes.BadIdentityTokenRejected,
        $"{settings.Endpoint} takes no {settings.Identity.TokenType} on the endpoint {settings.Policy.Name} with {settings.Mode}, so {settings.Identity.Name} was not sent. "
        + "Enable it on the server or configure another identity.");
}
