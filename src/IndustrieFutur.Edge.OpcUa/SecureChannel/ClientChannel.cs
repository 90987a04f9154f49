using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>
/// A client's secure channel to one server: requests go out, messages come in, and the token is renewed in between without anybody
/// having to wait. One thread uses it.
/// </summary>
public sealed class ClientChannel : IDisposable
{
    /// <summary>A renewal takes a round trip and two RSA operations on both sides; below this it could not keep up.</summary>
    private const uint LifetimeMillisMin = 100;

    /// <summary>A server that takes no byte is not waited for only to be told good-bye.</summary>
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromMilliseconds(200);

    private readonly ChannelCore _core;
    private readonly ChannelSecurity _security;
    private readonly AsymmetricKeys _keys;
    private readonly ChannelSettings _settings;
    private readonly MessageBuffer _request;

    /// <summary>When the token is to be looked after next: renewed, or found expired.</summary>
    private long _tokenDueNanos = long.MaxValue;
    private TokenRequest? _renewal;
    private uint _lastRequestId;
    private UaException? _broken;
    private bool _isDisposed;

    private ClientChannel(ChannelCore core, ChannelSecurity security, AsymmetricKeys keys, ChannelSettings settings)
    {
        _core = core;
        _security = security;
        _keys = keys;
        _settings = settings;
        _request = new MessageBuffer(settings.Limits.MessageBytesMax);
    }

    public ChannelCounters Counters => _core.Counters;

    /// <summary>True after anything but a refused request: the channel is of no more use.</summary>
    public bool IsBroken => _broken is not null;

    /// <summary>The largest request, type id included, that the server takes; larger ones are refused with BadRequestTooLarge before anything is sent.</summary>
    public int RequestBytesMax => _core.MessageBytesMax;

    /// <summary>Connects, agrees on sizes, opens the channel. Whatever fails is a <see cref="UaException"/>; a stop is none.</summary>
    public static ClientChannel Open(EndpointAddress endpoint, ChannelSecurity security, ChannelSettings settings, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(security);
        ArgumentNullException.ThrowIfNull(settings);
        if (security.Policy.IsNone != (security.Mode == MessageSecurityMode.None))
        {
            throw new ArgumentException($"The policy {security.Policy} does not go with the mode {security.Mode}.", nameof(security));
        }

        var keys = AsymmetricKeys.Of(security.Policy, security.Own, security.OwnDerChain, security.PeerDer);
        ChunkLink? link = null;
        try
        {
            link = new ChunkLink(Connector.Connect(endpoint, settings.ConnectTimeout, stop, settings.WhileWaiting), settings.Limits, settings.RequestTimeout);
            var channel = new ClientChannel(new ChannelCore(link, Greet(link, endpoint, settings)), security, keys, settings);
            channel.OpenFirst();
            return channel;
        }
        catch
        {
            link?.Dispose();
            keys.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Sends a request and returns its id. Writes its time into the header, and its handle and timeout hint where they are 0. Allocates
    /// nothing; does not wait for the answer.
    /// </summary>
    public uint Send(IUaRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfBroken();
        var requestId = NextRequestId();
        Complete(request.RequestHeader, requestId);
        if (!MessageBody.TryWrite(_request, request, RequestBytesMax))
        {
            throw TooLarge();
        }

        try
        {
            LookAfterToken(MonoTime.NowNanos());
            _core.Send(MessageType.Message, requestId, _request.Written);
            return requestId;
        }
        catch (UaException cause)
        {
            throw Broken(cause);
        }
        catch (OperationCanceledException cause)
        {
            StopInTheMiddle(cause);
            throw;
        }
    }

    /// <summary>
    /// One whole message; false at the deadline. Renews the token when it is due. The message is valid until the channel is used again.
    /// Allocates nothing, but for a renewal.
    /// </summary>
    public bool TryReceive(long untilMonoNanos, out ReceivedMessage message)
    {
        ThrowIfBroken();
        try
        {
            return TryReceiveMessage(untilMonoNanos, out message);
        }
        catch (UaException cause)
        {
            throw Broken(cause);
        }
    }

    /// <summary>For a farewell after the stop that <see cref="Open"/> was given: from now on only deadlines end a wait.</summary>
    public void IgnoreStop() => _core.IgnoreStop();

    /// <summary>Tells the server, if it still listens, and hangs up.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        SayClose();
        _core.Dispose();
        _keys.Dispose();
    }

    private static NegotiatedLimits Greet(ChunkLink link, EndpointAddress endpoint, ChannelSettings settings)
    {
        link.Send(Handshake.WriteHello(new MessageBuffer(Handshake.MessageBytesMax), settings.Limits, endpoint.Url));
        if (!link.TryReceive(Deadline(settings.RequestTimeout), out var chunk))
        {
            throw NoAnswer(link.Peer, "Hello", settings.RequestTimeout);
        }

        return chunk.Header.Type switch
        {
            MessageType.Acknowledge => NegotiatedLimits.Of(settings.Limits, Handshake.ReadAcknowledge(link.Of(chunk))),
            MessageType.Error => throw Handshake.ReadError(link.Of(chunk), link.Peer),
            _ => throw Unexpected(link.Peer, chunk.Header.Type),
        };
    }

    private void OpenFirst()
    {
        var request = SendTokenRequest(SecurityTokenRequestType.Issue);
        if (!_core.TryReceive(Deadline(_settings.RequestTimeout), out var chunk))
        {
            throw NoAnswer(_core.Peer, "request for a secure channel", _settings.RequestTimeout);
        }

        switch (chunk.Header.Type)
        {
            case MessageType.OpenSecureChannel:
                TakeToken(chunk, request);
                break;
            case MessageType.Error:
                throw Handshake.ReadError(_core.Of(chunk), _core.Peer);
            default:
                throw Unexpected(_core.Peer, chunk.Header.Type);
        }
    }

    private bool TryReceiveMessage(long untilNanos, out ReceivedMessage message)
    {
        while (true)
        {
            var nowNanos = MonoTime.NowNanos();
            LookAfterToken(nowNanos);
            if (_core.TryReceive(Math.Min(untilNanos, _tokenDueNanos), out var chunk))
            {
                if (TryTake(chunk, out message))
                {
                    return true;
                }
            }

            // A peer that sends without end, and never a whole message, does not hold us beyond our time.
            if (nowNanos >= untilNanos)
            {
                message = default;
                return false;
            }
        }
    }

    /// <summary>True when the chunk completes a message for our caller.</summary>
    private bool TryTake(Chunk chunk, out ReceivedMessage message)
    {
        switch (chunk.Header.Type)
        {
            case MessageType.Message:
                return _core.TryRead(chunk, MonoTime.NowNanos(), out message);
            case MessageType.OpenSecureChannel when _renewal is { } renewal:
                TakeToken(chunk, renewal);
                Counters.Renewals++;
                message = default;
                return false;
            case MessageType.Error:
                throw Handshake.ReadError(_core.Of(chunk), _core.Peer);
            case MessageType.CloseSecureChannel:
                throw new UaException(
                    StatusCodes.BadSecureChannelClosed, $"{_core.Peer} has closed the channel; it is opened again. The server is probably being stopped.");
            default:
                throw Unexpected(_core.Peer, chunk.Header.Type);
        }
    }

    /// <summary>Asks for a new token when three quarters of the old one's time are over; the answer comes among the messages.</summary>
    private void LookAfterToken(long nowNanos)
    {
        if (nowNanos < _tokenDueNanos)
        {
            return;
        }

        // Throws when it has expired, which only happens when a renewal stays unanswered.
        var token = _core.Tokens.ForSending(nowNanos);
        if (_renewal is null)
        {
            Renew();
        }

        _tokenDueNanos = token.ExpiresNanos;
    }

    private void Renew()
    {
        try
        {
            _renewal = SendTokenRequest(SecurityTokenRequestType.Renew);
        }
        catch (OperationCanceledException cause)
        {
            StopInTheMiddle(cause);
            throw;
        }
    }

    /// <summary>Perhaps half a chunk has gone: nothing can follow it.</summary>
    private void StopInTheMiddle(OperationCanceledException cause) =>
        Broken(new UaException(StatusCodes.BadConnectionClosed, $"The connection to {_core.Peer} was stopped in the middle of a request.", cause));

    private TokenRequest SendTokenRequest(SecurityTokenRequestType type)
    {
        var request = new TokenRequest(NextRequestId(), RandomNumberGenerator.GetBytes(_security.Policy.NonceBytes), MonoTime.NowNanos());
        var structure = new OpenSecureChannelRequest
        {
            RequestType = type,
            SecurityMode = _security.Mode,
            ClientNonce = _security.Policy.IsNone ? null : request.Nonce,
            RequestedLifetime = (uint)Math.Clamp(_settings.Lifetime.TotalMilliseconds, LifetimeMillisMin, uint.MaxValue),
        };
        Complete(structure.RequestHeader, request.Id);
        var buffer = new MessageBuffer(_settings.Limits.SendBufferBytes);
        MessageBody.Write(buffer, structure);
        _core.SendOpen(_keys, request.Id, buffer.Written);
        return request;
    }

    private void TakeToken(Chunk chunk, TokenRequest request)
    {
        var open = OpenChunk.Read(_core.Of(chunk));
        var response = TokenResponse.Read(_core.ReadOpen(open, _keys, out var requestId), _core.Peer);
        TokenResponse.Check(response, open.ChannelId, requestId, request, _core, LifetimeMillisMin);
        _core.ChannelId = response.SecurityToken.ChannelId;
        var lifetimeMillis = response.SecurityToken.RevisedLifetime;
        _core.AddToken(_security.Policy, _security.Mode, response.SecurityToken.TokenId, request.Nonce, response.ServerNonce, request.SentNanos, lifetimeMillis);
        _core.Tokens.UseNewest();
        _renewal = null;
        _tokenDueNanos = _core.Tokens.Newest.RenewAtNanos;
    }

    private void Complete(RequestHeader header, uint requestId)
    {
        header.Timestamp = UaTime.NowUtc(_settings.Clock);
        header.RequestHandle = header.RequestHandle == 0 ? requestId : header.RequestHandle;
        header.TimeoutHint = header.TimeoutHint == 0 ? (uint)_settings.RequestTimeout.TotalMilliseconds : header.TimeoutHint;
    }

    /// <summary>0 is never used: some servers take it for none.</summary>
    private uint NextRequestId() => _lastRequestId = _lastRequestId == uint.MaxValue ? 1 : _lastRequestId + 1;

    private void SayClose()
    {
        if (IsBroken)
        {
            return;
        }

        try
        {
            var request = new CloseSecureChannelRequest();
            var requestId = NextRequestId();
            Complete(request.RequestHeader, requestId);
            MessageBody.Write(_request, request);
            _core.SendTimeout = FarewellTimeout;
            _core.Send(MessageType.CloseSecureChannel, requestId, _request.Written);
        }
        catch (Exception cause) when (cause is UaException or OperationCanceledException)
        {
            // The server hears it from the closed connection as well.
        }
    }

    private void ThrowIfBroken()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_broken is { } cause)
        {
            throw new UaException(cause.Status, cause.Message, cause) { IsOfPeer = cause.IsOfPeer };
        }
    }

    private UaException Broken(UaException cause) => _broken = cause;

    private UaException TooLarge() => new(
        StatusCodes.BadRequestTooLarge,
        $"A request is larger than the {RequestBytesMax} bytes that {_core.Peer} takes; it was not sent. Ask for less at once.");

    private static long Deadline(TimeSpan timeout) => MonoTime.NowNanos() + (timeout.Ticks * 100);

    private static UaException NoAnswer(string peer, string what, TimeSpan timeout) => new(
        StatusCodes.BadTimeout,
        $"{peer} does not answer our {what} within {timeout.TotalSeconds:0.###} s. The connection is closed and opened again; check that an OPC UA server listens on this port.");

    private static UaException Unexpected(string peer, MessageType type) => new(
        StatusCodes.BadTcpMessageTypeInvalid,
        $"{peer} sends a message of the kind {type}, which has no place here; the connection is closed and opened again.");
}
