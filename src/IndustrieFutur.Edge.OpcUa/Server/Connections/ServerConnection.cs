using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Server.Services;
using IndustrieFutur.Edge.OpcUa.Server.Sessions;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Connections;

/// <summary>One client's connection and its channel: one thread takes its requests, answers them, and ticks the subscriptions of its sessions.</summary>
internal sealed class ServerConnection : IDisposable
{
    /// <summary>How soon a stop is seen, and a session that another thread has ended.</summary>
    private const long LookNanos = 100_000_000;

    private readonly Socket _socket;
    private readonly ServerParts _parts;
    private readonly SessionServices _services;
    private readonly ConnectionTable _owner;
    private readonly DecodeLimits _decodeLimits;
    private readonly AnswerQueue _answers;
    private readonly List<ServerSession> _sessions = [];
    private readonly CancellationTokenSource _cut = new();
    private readonly Thread _thread;
    private ServerChannel? _channel;
    private bool _isActivated;
    private long _aloneSinceMonoNanos;
    private volatile int _sessionCount;
    private volatile bool _isOpen;

    public ServerConnection(Socket socket, ServerParts parts, SessionServices services, ConnectionTable owner)
    {
        _socket = socket;
        _parts = parts;
        _services = services;
        _owner = owner;
        _answers = new AnswerQueue(parts.Counters);
        var limits = parts.Settings.Limits;
        _decodeLimits = new DecodeLimits
        {
            ArrayLengthMax = limits.ArrayLengthMax,
            StringBytesMax = limits.StringBytesMax,
            ByteStringBytesMax = limits.StringBytesMax,
        };
        Peer = socket.RemoteEndPoint?.ToString() ?? "a client";
        Address = (socket.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        PeerKey = Connections.PeerKey.Of(Address);
        _thread = new Thread(Run) { IsBackground = true, Name = $"opcua {Peer}" };
    }

    public IPAddress Address { get; }

    /// <summary>Address and port, for sentences.</summary>
    public string Peer { get; }

    /// <summary>By what it is remembered when it comes again.</summary>
    public string PeerKey { get; }

    /// <summary>False until its channel is open.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>It was told to go, and soon has.</summary>
    public bool IsCut => _cut.IsCancellationRequested;

    public bool HasSessions => _sessionCount > 0;

    public SecurityPolicy Policy => _channel!.Policy;

    public MessageSecurityMode Mode => _channel!.Mode;

    /// <summary>The client's certificate without its issuers; null with None.</summary>
    public byte[]? PeerDer => _channel!.PeerDer;

    public void Start() => _thread.Start();

    /// <summary>Hangs up without a word, within 50 ms.</summary>
    public void Cut() => _cut.Cancel();

    public bool Join(TimeSpan limit) => _thread.Join(limit);

    /// <summary>The session's requests come by this connection from now on. On this connection's thread.</summary>
    public void Take(ServerSession session)
    {
        session.Connection = this;
        _sessions.Add(session);
        _sessionCount = _sessions.Count;
    }

    public void Dispose()
    {
        _cut.Dispose();
        _socket.Dispose();
    }

    private void Run()
    {
        try
        {
            _channel = ServerChannel.Accept(_socket, _owner.ChannelSettings, _cut.Token);
            _isOpen = true;
            _aloneSinceMonoNanos = MonoTime.NowNanos();
            Serve(_channel);
        }
        catch (UaException end)
        {
            Note(end);
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut by ourselves, or gone before it could be greeted.
        }
        catch (Exception mistake)
        {
            _parts.Counters.CountBrokenConnection();
            Tell(StatusCodes.BadUnexpectedError, $"The connection of {Peer} to the OPC UA server was closed by a mistake of ours ({mistake.GetType().Name}: {mistake.Message}). The client may connect again; please report this.");
        }
        finally
        {
            LeaveSessions();
            _channel?.Dispose();
            _owner.Remove(this);
        }
    }

    private void Serve(ServerChannel channel)
    {
        var untilNanos = MonoTime.NowNanos() + LookNanos;
        while (!_owner.IsStopping && !IsAloneForTooLong())
        {
            if (channel.TryReceive(untilNanos, out var message))
            {
                Take(message.RequestId, message.TypeId, message.Body);
            }

            untilNanos = Tick(MonoTime.NowNanos());
            channel.IsNewcomer = !_isActivated;
            _answers.Flush(channel);
        }

        SayGoodbye();
        _answers.Flush(channel);
    }

    private void Take(uint requestId, uint typeId, ReadOnlySpan<byte> body)
    {
        _parts.Counters.CountRequest();
        _answers.BytesMax = int.MaxValue;
        try
        {
            var request = RequestDecoder.Decode(typeId, body, _decodeLimits);
            if (Answer(requestId, request, MonoTime.NowNanos()) is { } response)
            {
                response.ResponseHeader.RequestHandle = request.RequestHeader.RequestHandle;
                _answers.Send(requestId, response);
            }
        }
        catch (UaException refusal)
        {
            Refuse(refusal);
            _answers.Send(requestId, AnswerQueue.Fault(refusal.Status, RequestDecoder.HandleOf(body)));
        }
        catch (Exception mistake)
        {
            Tell(StatusCodes.BadInternalError, $"A request of {Peer} (type i={typeId}) failed by a mistake of ours ({mistake.GetType().Name}: {mistake.Message}) and was answered with BadInternalError; please report this.");
            _answers.Send(requestId, AnswerQueue.Fault(StatusCodes.BadInternalError, RequestDecoder.HandleOf(body)));
        }
    }

    /// <summary>Null when the answer comes later.</summary>
    private IUaResponse? Answer(uint requestId, IUaRequest request, long receivedNanos) => request switch
    {
        FindServersRequest find => _parts.Endpoints.Answer(find),
        GetEndpointsRequest get => _parts.Endpoints.Answer(get),
        CreateSessionRequest create => _services.Create(create, this, receivedNanos),
        _ => AnswerInSession(requestId, request, receivedNanos),
    };

    private IUaResponse? AnswerInSession(uint requestId, IUaRequest request, long receivedNanos)
    {
        var session = _parts.Sessions.Find(request.RequestHeader.AuthenticationToken) ?? throw NoSession();
        lock (session.Gate)
        {
            if (session.IsOver)
            {
                throw NoSession();
            }

            _answers.BytesMax = session.AnswerBytesMax;
            if (request is ActivateSessionRequest activate)
            {
                var activated = _services.Activate(activate, session, this);
                session.Touch(receivedNanos);
                return activated;
            }

            Check(request, session);
            session.Touch(receivedNanos);
            return request is CloseSessionRequest close ? _services.Close(close, session, _answers)
                : session.Subscriptions.Handles(request) ? session.Subscriptions.Handle(requestId, request, session.Context, receivedNanos)
                : NodeServices.Answer(request, session.Context);
        }
    }

    private void Check(IUaRequest request, ServerSession session)
    {
        if (session.Connection != this)
        {
            throw new UaException(StatusCodes.BadSecureChannelIdInvalid, "A request came by another channel than its session's; it is refused.");
        }

        if (!session.IsActivated && request is not CloseSessionRequest)
        {
            throw new UaException(StatusCodes.BadSessionNotActivated, "A request came for a session that was not activated; it is refused.");
        }
    }

    /// <summary>When to tick again. Also learns whether one of the sessions is activated.</summary>
    private long Tick(long monoNow)
    {
        var nextNanos = monoNow + LookNanos;
        _isActivated = false;
        for (var i = _sessions.Count - 1; i >= 0; i--)
        {
            var session = _sessions[i];
            _answers.BytesMax = session.AnswerBytesMax;
            lock (session.Gate)
            {
                if (IsStillOurs(session, monoNow))
                {
                    _isActivated |= session.IsActivated;
                    nextNanos = Math.Min(nextNanos, session.Tick(monoNow, _answers));
                }
                else
                {
                    _sessions.RemoveAt(i);
                }
            }
        }

        _sessionCount = _sessions.Count;
        _aloneSinceMonoNanos = _sessionCount == 0 ? _aloneSinceMonoNanos : monoNow;
        return nextNanos;
    }

    private bool IsStillOurs(ServerSession session, long monoNow)
    {
        if (session.IsOver || session.Connection != this)
        {
            return false;
        }

        if (!session.IsTimedOut(monoNow, _parts.Settings.Limits.ActivationTimeout))
        {
            return true;
        }

        _parts.TimeOut(session, _answers);
        return false;
    }

    private bool IsAloneForTooLong() =>
        _sessions.Count == 0 && MonoTime.NowNanos() - _aloneSinceMonoNanos > _parts.Settings.Limits.IdleChannelTimeout.Ticks * TimeSpan.NanosecondsPerTick;

    private void SayGoodbye()
    {
        foreach (var session in _sessions)
        {
            lock (session.Gate)
            {
                if (session.Connection == this && !session.IsOver)
                {
                    session.Subscriptions.Drop(_answers, StatusCodes.BadShutdown);
                }
            }
        }
    }

    private void LeaveSessions()
    {
        foreach (var session in _sessions)
        {
            lock (session.Gate)
            {
                if (session.Connection == this && !session.IsOver)
                {
                    Leave(session);
                }
            }
        }

        _sessions.Clear();
        _sessionCount = 0;
    }

    /// <summary>A session that was never activated could be nowhere else.</summary>
    private void Leave(ServerSession session)
    {
        session.LoseConnection();
        if (!session.IsActivated)
        {
            _parts.Sessions.Remove(session);
            session.EndWithSubscriptions(null, StatusCodes.BadSessionClosed);
            _parts.Counters.CountDroppedSession();
        }
    }

    private void Note(UaException end)
    {
        if (end.Status is StatusCodes.BadSecureChannelClosed or StatusCodes.BadConnectionClosed)
        {
            return;
        }

        _parts.Counters.CountBrokenConnection();
        if (!Refuse(end))
        {
            Tell(end.Status, end.Message.Contains(Peer, StringComparison.Ordinal) ? end.Message : $"{Peer}: {end.Message}");
        }
    }

    /// <summary>True when it was one that an administrator should hear of, and now has.</summary>
    private bool Refuse(UaException refusal)
    {
        if (!SecurityRefusals.Contains(refusal.Status))
        {
            return false;
        }

        _parts.Counters.CountSecurityRefusal();
        Tell(refusal.Status, $"{Peer}: {refusal.Message}");
        return true;
    }

    private void Tell(uint reason, string sentence) => _parts.Teller.Tell(PeerKey, reason, sentence);

    private static UaException NoSession() => new(StatusCodes.BadSessionIdInvalid, "A request came for a session that does not exist; it is refused.");
}
