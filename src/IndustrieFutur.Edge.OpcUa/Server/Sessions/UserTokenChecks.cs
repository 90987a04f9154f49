using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Server.Connections;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Sessions;

/// <summary>Who a client says that its user is, and whether that is proven (OPC UA Part 4, 7.41). Nothing is told of what was wrong beyond the status.</summary>
internal sealed class UserTokenChecks(ServerParts parts)
{
    /// <summary>A password of some hundred bytes; each block more costs an RSA operation before anybody is known.</summary>
    private const int CipherBytesMax = 4_096;

    private readonly UaServerSettings _settings = parts.Settings;
    private readonly LoginThrottle _throttle = new(parts.Settings.Clock);

    /// <summary>The user; throws a <see cref="UaException"/> when it is none of ours.</summary>
    public Caller Check(ActivateSessionRequest request, ServerSession session, ServerConnection connection)
    {
        var token = request.UserIdentityToken;
        if (token.IsNull)
        {
            return Anonymous(session);
        }

        if (token.TryDecode<AnonymousIdentityToken>(out var anonymous))
        {
            PolicyOf(session, anonymous.PolicyId, UserTokenType.Anonymous);
            return Anonymous(session);
        }

        if (token.TryDecode<UserNameIdentityToken>(out var user))
        {
            return WithPassword(user, PolicyOf(session, user.PolicyId, UserTokenType.UserName), session, connection);
        }

        return token.TryDecode<X509IdentityToken>(out var certificate)
            ? WithCertificate(certificate, request.UserTokenSignature, PolicyOf(session, certificate.PolicyId, UserTokenType.Certificate), session)
            : throw Refused(StatusCodes.BadIdentityTokenInvalid, "a user token of a kind that is not offered");
    }

    private Caller Anonymous(ServerSession session) => _settings.Users.IsAnonymousAllowed
        ? new Caller(session.Context.SessionId, null)
        : throw Refused(StatusCodes.BadIdentityTokenRejected, "no user");

    /// <summary>Whoever shows one wrong password after the other is not heard for a while: neither its key nor the password is looked at.</summary>
    private Caller WithPassword(UserNameIdentityToken token, SecurityPolicy policy, ServerSession session, ServerConnection connection)
    {
        if (policy.IsNone || token.EncryptionAlgorithm != policy.AsymmetricEncryptionUri || token.Password is not { Length: > 0 and <= CipherBytesMax } cipher)
        {
            throw Refused(StatusCodes.BadIdentityTokenInvalid, "a password that is not encrypted as it was asked for");
        }

        var attempt = new LoginAttempt(connection.PeerKey, ThumbprintOf(session.ClientDer), token.UserName ?? "");
        if (!_throttle.TryBegin(attempt))
        {
            throw Refused(StatusCodes.BadUserAccessDenied, "a password too soon after several wrong ones, so that it was not even looked at");
        }

        var isRight = false;
        try
        {
            isRight = IsRight(attempt.User, cipher, policy, session);
        }
        finally
        {
            Note(attempt, isRight, connection);
        }

        return isRight
            ? new Caller(session.Context.SessionId, attempt.User)
            : throw Refused(StatusCodes.BadUserAccessDenied, "a user or a password that is not right");
    }

    private bool IsRight(string user, byte[] cipher, SecurityPolicy policy, ServerSession session)
    {
        using var own = _settings.Certificate!.GetRSAPrivateKey()!;
        var password = SecretEncryption.Decrypt(policy, own, cipher, session.Nonce);
        try
        {
            return user.Length > 0 && _settings.Users.CheckPassword!(user, password);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    private void Note(in LoginAttempt attempt, bool isRight, ServerConnection connection)
    {
        if (isRight)
        {
            _throttle.Succeeded(attempt);
        }
        else if (_throttle.Failed(attempt))
        {
            parts.Tell(
                $"{connection.Peer} has shown {LoginThrottle.FreeTries} wrong passwords, the last for the user \"{PlainText.Of(attempt.User)}\". After each further one its logins are refused unheard for a time, "
                + $"{LoginThrottle.WaitMin.TotalSeconds} s at first and {LoginThrottle.WaitMax.TotalSeconds} s at most. If nobody there mistypes and no program has an old password, somebody guesses: look at that machine.");
        }
    }

    private static string ThumbprintOf(byte[]? der) => der is null ? "" : Convert.ToHexString(SHA256.HashData(der));

    private Caller WithCertificate(X509IdentityToken token, SignatureData signature, SecurityPolicy policy, ServerSession session)
    {
        using var certificate = Load(token.CertificateData);
        using var key = certificate.GetRSAPublicKey();
        if (key is null || key.KeySize < policy.RsaBitsMin || key.KeySize > policy.RsaBitsMax)
        {
            throw Refused(StatusCodes.BadIdentityTokenInvalid, "a user certificate without a fitting key");
        }

        if (!Signatures.Verify(policy, key, signature, _settings.DerChain!, session.Nonce))
        {
            throw Refused(StatusCodes.BadUserSignatureInvalid, "a user certificate whose key was not proven");
        }

        return _settings.Users.CheckCertificate!(certificate)
            ? new Caller(session.Context.SessionId, certificate.Subject)
            : throw Refused(StatusCodes.BadIdentityTokenRejected, "a user certificate that nobody accepts");
    }

    private static X509Certificate2 Load(byte[]? der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der ?? []);
        }
        catch (CryptographicException)
        {
            throw Refused(StatusCodes.BadIdentityTokenInvalid, "a user certificate that is none");
        }
    }

    /// <summary>The policy that protects a token of this kind; throws when the endpoint does not offer it.</summary>
    private SecurityPolicy PolicyOf(ServerSession session, string? policyId, UserTokenType type)
    {
        var offered = parts.Endpoints.TokensFor(session.Policy).FirstOrDefault(token => token.PolicyId == policyId && token.TokenType == type)
            ?? throw Refused(StatusCodes.BadIdentityTokenInvalid, $"a user token ({type}) that its endpoint does not offer");
        return offered.SecurityPolicyUri is null ? session.Policy : SecurityPolicies.Find(offered.SecurityPolicyUri)!;
    }

    private static UaException Refused(uint status, string what) => new(status, $"A client shows {what}; its session is not activated.");
}
