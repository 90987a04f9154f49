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

/// <summary>CreateSession, ActivateSession and CloseSession (OPC UA Part 4, 5.7), on the thread of the connection they came by.</summary>
internal sealed class SessionServices(ServerParts parts)
{
    /// <summary>Of both sides, whatever the policy (OPC UA Part 4, 5.7.2.2).</summary>
    private const int NonceBytes = 32;

    private const int TokenBytes = 32;

    private static readonly TimeSpan TimeoutDefault = TimeSpan.FromMinutes(1);

    private readonly UserTokenChecks _users = new(parts);

    /// <summary>The session waits for its activation on this channel.</summary>
    public CreateSessionResponse Create(CreateSessionRequest request, ServerConnection connection, long monoNow)
    {
        CheckClient(request, connection);
        var session = NewSession(request, connection, monoNow);
        if (!parts.Sessions.TryAdd(session, out var dropped))
        {
            session.EndWithSubscriptions(null, StatusCodes.BadTooManySessions);
            parts.Counters.CountRefusedSession();
            throw new UaException(StatusCodes.BadTooManySessions, $"A client opens a session where {parts.Settings.Limits.SessionsMax} are open already; it is refused.");
        }

        Drop(dropped);
        connection.Take(session);
        parts.Counters.CountSession();
        return Answer(request, session);
    }

    /// <summary>Also moves a session to this channel. Under the session's lock.</summary>
    public ActivateSessionResponse Activate(ActivateSessionRequest request, ServerSession session, ServerConnection connection)
    {
        CheckChannel(session, connection);
        CheckSignature(request.ClientSignature, session);
        var caller = _users.Check(request, session, connection);
        if (session.Connection != connection)
        {
            CheckUser(session, caller);
            session.LoseConnection();
            connection.Take(session);
        }

        session.Context.Caller = caller;
        session.IsActivated = true;
        session.Nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        return new ActivateSessionResponse { ServerNonce = session.Nonce };
    }

    /// <summary>Under the session's lock; what waits is answered before.</summary>
    public CloseSessionResponse Close(CloseSessionRequest request, ServerSession session, IAnswerSender sender)
    {
        parts.Sessions.Remove(session);
        if (request.DeleteSubscriptions)
        {
            session.EndWithSubscriptions(sender, StatusCodes.BadSessionClosed);
        }
        else
        {
            session.End(sender, StatusCodes.BadSessionClosed);
        }

        return new CloseSessionResponse();
    }

    private void CheckClient(CreateSessionRequest request, ServerConnection connection)
    {
        if (!string.IsNullOrEmpty(request.ServerUri) && request.ServerUri != parts.Settings.ApplicationUri)
        {
            throw new UaException(StatusCodes.BadServerUriInvalid, "A client looks for another server than this one; its session is refused.");
        }

        if (!parts.Settings.Endpoints.Contains(new(connection.Policy, connection.Mode)))
        {
            throw new UaException(StatusCodes.BadSecurityPolicyRejected, "A client opens a session without security, which is here for discovery only; it is refused.");
        }

        if (connection.PeerDer is not { } peerDer)
        {
            return;
        }

        if (request.ClientNonce is not { Length: >= NonceBytes })
        {
            throw new UaException(StatusCodes.BadNonceInvalid, $"A client sends a nonce of less than {NonceBytes} bytes; its session is refused.");
        }

        if (!DerChain.Leaf(request.ClientCertificate).SequenceEqual(peerDer))
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "A client opens a session with another certificate than its channel; it is refused.");
        }

        using var certificate = X509CertificateLoader.LoadCertificate(peerDer);
        if (SubjectNames.Of(certificate).ApplicationUri is { } uri && uri != request.ClientDescription.ApplicationUri)
        {
            throw new UaException(
                StatusCodes.BadCertificateUriInvalid, $"A client calls itself {PlainText.Of(request.ClientDescription.ApplicationUri)}, but its certificate says {PlainText.Of(uri)}; its session is refused.");
        }
    }

    private ServerSession NewSession(CreateSessionRequest request, ServerConnection connection, long monoNow)
    {
        var limits = parts.Settings.Limits;
        var context = new SessionContext(new NodeId(1, new Guid(RandomNumberGenerator.GetBytes(16))), parts.Space, limits, parts.Settings.Clock)
        {
            Counters = parts.Counters,
            ClientApplicationUri = request.ClientDescription.ApplicationUri,
            Mode = connection.Mode,
            AnswerBytesMax = request.MaxResponseMessageSize is 0 or > int.MaxValue ? int.MaxValue : (int)request.MaxResponseMessageSize,
        };
        return new ServerSession(new NodeId(0, RandomNumberGenerator.GetBytes(TokenBytes)), context, parts.Subscriptions, monoNow)
        {
            Policy = connection.Policy,
            ClientDer = connection.PeerDer,
            TimeoutNanos = TimeoutNanos(request.RequestedSessionTimeout, limits),
            Nonce = RandomNumberGenerator.GetBytes(NonceBytes),
        };
    }

    private static long TimeoutNanos(double wantedMillis, ServerLimitsSettings limits)
    {
        var millis = wantedMillis > 0 ? wantedMillis : TimeoutDefault.TotalMilliseconds;
        return (long)Math.Clamp(millis, limits.SessionTimeoutMin.TotalMilliseconds, limits.SessionTimeoutMax.TotalMilliseconds) * 1_000_000;
    }

    private CreateSessionResponse Answer(CreateSessionRequest request, ServerSession session) => new()
    {
        SessionId = session.Context.SessionId,
        AuthenticationToken = session.Token,
        RevisedSessionTimeout = session.TimeoutNanos / 1e6,
        ServerNonce = session.Nonce,
        ServerCertificate = parts.Settings.DerChain,
        ServerEndpoints = parts.Endpoints.All(request.EndpointUrl),
        ServerSignature = OwnSignature(request, session),
        MaxRequestMessageSize = (uint)parts.Settings.Limits.MessageBytesMax,
    };

    private SignatureData OwnSignature(CreateSessionRequest request, ServerSession session)
    {
        if (session.Policy.IsNone)
        {
            return new SignatureData();
        }

        using var key = parts.Settings.Certificate!.GetRSAPrivateKey()!;
        return Signatures.Make(session.Policy, key, request.ClientCertificate, request.ClientNonce!);
    }

    private void Drop(ServerSession? session)
    {
        if (session is null)
        {
            return;
        }

        lock (session.Gate)
        {
            session.EndWithSubscriptions(null, StatusCodes.BadSessionClosed);
        }

        parts.Counters.CountDroppedSession();
    }

    /// <summary>Another channel must be secured like the one before, by the same client; the first activation is not moved at all.</summary>
    private static void CheckChannel(ServerSession session, ServerConnection connection)
    {
        var isSame = session.Connection == connection;
        if (!isSame && !session.IsActivated)
        {
            throw new UaException(StatusCodes.BadSecureChannelIdInvalid, "A session is activated for the first time on another channel than its own; that is refused.");
        }

        if (!isSame && (connection.Policy != session.Policy || connection.Mode != session.Context.Mode))
        {
            throw new UaException(StatusCodes.BadSecurityPolicyRejected, "A session is resumed on a channel that is secured in another way; that is refused.");
        }

        if (!isSame && !session.ClientDer.AsSpan().SequenceEqual(connection.PeerDer))
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "A session is resumed with another certificate than it was opened with; that is refused.");
        }
    }

    /// <summary>Whoever moves a session to another channel is the user whose session it is (OPC UA Part 4, 5.7.3.1).</summary>
    private static void CheckUser(ServerSession session, Caller caller)
    {
        if (session.IsActivated && session.Context.Caller.UserName != caller.UserName)
        {
            throw new UaException(StatusCodes.BadIdentityChangeNotSupported, "A session is resumed by another user than its own; that is refused.");
        }
    }

    private void CheckSignature(SignatureData signature, ServerSession session)
    {
        if (session.Policy.IsNone)
        {
            return;
        }

        using var certificate = X509CertificateLoader.LoadCertificate(session.ClientDer!);
        using var key = certificate.GetRSAPublicKey()!;
        if (!Signatures.Verify(session.Policy, key, signature, parts.Settings.DerChain!, session.Nonce))
        {
            throw new UaException(StatusCodes.BadApplicationSignatureInvalid, "A client does not prove that its certificate is its own; its session is not activated.");
        }
    }
}
