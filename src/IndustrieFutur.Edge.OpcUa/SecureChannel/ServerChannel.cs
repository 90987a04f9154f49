using System.Net.Sockets;
using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.SecureChannel;

/// <summary>A server's end of one client's channel: requests come in, answers go out, the client may renew its token. One thread uses it.</summary>
public sealed class ServerChannel : IDisposable
{
    /// <summary>A client that takes no byte is not waited for only to be told what was wrong.</summary>
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromMilliseconds(200);

    private readonly ChunkLink _link;
    private readonly ChannelCore _core;
    private readonly ServerChannelSettings _settings;
    private readonly MessageBuffer _answer;
    private AsymmetricKeys _keys = AsymmetricKeys.None;
    private uint _lastTokenId;
    private UaException? _broken;
    private bool _isDisposed;

    private ServerChannel(ChunkLink link, NegotiatedLimits limits, string? endpointUrl, ServerChannelSettings settings)
    {
        _link = link;
        _core = new ChannelCore(link, limits);
        _settings = settings;
        _answer = new MessageBuffer(settings.Limits.MessageBytesMax);
        EndpointUrl = endpointUrl;
    }

    public ChannelCounters Counters => _core.Counters;

    public uint ChannelId => _core.ChannelId;

    /// <summary>What the client called us in its Hello.</summary>
    public string? EndpointUrl { get; }

    public SecurityPolicy Policy => _keys.Policy;

    public MessageSecurityMode Mode { get; private set; }

    /// <summary>The client's certificate; null with None.</summary>
    public byte[]? PeerDer => _keys.PeerDer;

    public bool IsBroken => _broken is not null;

    /// <summary>The limits for newcomers hold (see <see cref="ServerChannelSettings.Newcomers"/>): from the start, and whenever the channel carries no session.</summary>
    public bool IsNewcomer
    {
        get;
        set
        {
            if (field != value && _settings.Newcomers is { } newcomers)
            {
                field = value;
                _core.Bound(value ? newcomers : null);
                _answer.Release();
            }
        }
    }

    /// <summary>The largest answer, type id included, that the client takes.</summary>
    public int AnswerBytesMax => _core.MessageBytesMax;

    /// <summary>
    /// Takes the socket over and lets the client open its channel. When that fails the client is told what it may know, the socket is
    /// closed, and a <see cref="UaException"/> says here what it was.
    /// </summary>
    public static ServerChannel Accept(Socket socket, ServerChannelSettings settings, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(settings);
        var link = new ChunkLink(new UaSocket(socket, socket.RemoteEndPoint?.ToString() ?? "the client", stop), settings.Limits, settings.SendTimeout);
        ServerChannel? channel = null;
        try
        {
            var untilNanos = MonoTime.NowNanos() + (settings.HandshakeTimeout.Ticks * 100);
            channel = Greet(link, settings, untilNanos);
            channel.TakeTokenRequest(Expect(link, MessageType.OpenSecureChannel, untilNanos), SecurityTokenRequestType.Issue);
            return channel;
        }
        catch (Exception cause)
        {
            Farewell(link, cause as UaException);
            channel?.Dispose();
            link.Dispose();
            throw;
        }
    }

    /// <summary>
    /// One whole request; false at the deadline. Throws when the client has closed the channel or the connection. The message is valid
    /// until the channel is used again. Allocates nothing, but for a renewal.
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
            Farewell(_link, cause);
            throw Broken(cause);
        }
    }

    /// <summary>Answers a request; writes the time into the header where it is 0. Refuses a too large answer with BadResponseTooLarge, and sends nothing of it.</summary>
    /// <param name="bytesMax">The client may take less for one session than for the channel.</param>
    public void Send(uint requestId, IUaResponse response, int bytesMax = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(response);
        ThrowIfBroken();
        var header = response.ResponseHeader;
        header.Timestamp = header.Timestamp == 0 ? UaTime.NowUtc(_settings.Clock) : header.Timestamp;
        if (!MessageBody.TryWrite(_answer, response, Math.Min(bytesMax, AnswerBytesMax)))
        {
            throw TooLarge();
        }

        Transmit(requestId, _answer.Written);
    }

    /// <summary>Answers with a message that was encoded before, its type id included.</summary>
    public void SendRaw(uint requestId, ReadOnlySpan<byte> message)
    {
        ThrowIfBroken();
        if (message.Length > AnswerBytesMax)
        {
            throw TooLarge();
        }

        Transmit(requestId, message);
    }

    /// <summary>Hangs up; a server says no more than that (OPC UA Part 6, 7.1.4).</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _core.Dispose();
        _keys.Dispose();
    }

    private static ServerChannel Greet(ChunkLink link, ServerChannelSettings settings, long untilNanos)
    {
        var offer = Handshake.ReadHello(link.Of(Expect(link, MessageType.Hello, untilNanos)), out var url);
        var limits = NegotiatedLimits.Of(settings.Limits, offer);
        link.Send(Handshake.WriteAcknowledge(new MessageBuffer(Handshake.MessageBytesMax), offer.Answer(settings.Limits)));
        return new ServerChannel(link, limits, url, settings) { IsNewcomer = true };
    }

    private static Chunk Expect(ChunkLink link, MessageType type, long untilNanos)
    {
        if (!link.TryReceive(untilNanos, out var chunk))
        {
            throw new UaException(
                StatusCodes.BadTimeout, $"{link.Peer} has connected, but opened no channel in time; the connection is closed. It may be no OPC UA client.");
        }

        return chunk.Header.Type == type ? chunk : throw Unexpected(link.Peer, chunk.Header.Type);
    }

    private bool TryReceiveMessage(long untilNanos, out ReceivedMessage message)
    {
        message = default;
        while (_core.TryReceive(untilNanos, out var chunk))
        {
            var nowNanos = MonoTime.NowNanos();
            if (TryTake(chunk, nowNanos, out message))
            {
                return true;
            }

            // A peer that sends without end, and never a whole message, does not hold us beyond our time.
            if (nowNanos >= untilNanos)
            {
                return false;
            }
        }

        return false;
    }

    private bool TryTake(Chunk chunk, long nowNanos, out ReceivedMessage message)
    {
        switch (chunk.Header.Type)
        {
            case MessageType.Message:
                return _core.TryRead(chunk, nowNanos, out message) && IsRequest(message);
            case MessageType.OpenSecureChannel:
                TakeTokenRequest(chunk, SecurityTokenRequestType.Renew);
                Counters.Renewals++;
                message = default;
                return false;
            case MessageType.CloseSecureChannel:
                _core.TryRead(chunk, nowNanos, out message);
                throw new UaException(StatusCodes.BadSecureChannelClosed, $"{_core.Peer} has closed its channel.");
            default:
                throw Unexpected(_core.Peer, chunk.Header.Type);
        }
    }

    /// <summary>What a client gives up of its own accord needs no answer; what is too large cannot have one, for nobody knows what it was.</summary>
    private bool IsRequest(ReceivedMessage message)
    {
        if (message.AbortStatus == StatusCodes.BadResponseTooLarge)
        {
            throw new UaException(
                StatusCodes.BadRequestTooLarge,
                $"{_core.Peer} sends a request of more than {_core.ReceivedBytesMax} bytes or {_settings.Limits.ChunksMax} chunks{(IsNewcomer ? " before it has a session" : "")}; the connection is closed.");
        }

        return message.AbortStatus == 0;
    }

    private void TakeTokenRequest(Chunk chunk, SecurityTokenRequestType expected)
    {
        var open = OpenChunk.Read(_core.Of(chunk));
        ChunkReader.CheckChannel(open.ChannelId, _core.ChannelId);
        if (expected == SecurityTokenRequestType.Issue)
        {
            _keys = KeysFor(open);
        }

        var request = ReadTokenRequest(_core.ReadOpen(open, _keys, out var requestId));
        if (request.RequestType != expected)
        {
            throw new UaException(StatusCodes.BadRequestTypeInvalid, $"{_core.Peer} asks for {request.RequestType} of a token where only {expected} has a place.");
        }

        CheckMode(request.SecurityMode, expected);
        GiveToken(requestId, request);
    }

    /// <summary>The policy must be one of ours, and the client's certificate one that is trusted, before anything is decrypted.</summary>
    private AsymmetricKeys KeysFor(in OpenChunk open)
    {
        foreach (var endpoint in _settings.Endpoints)
        {
            if (endpoint.Policy.Uri == open.PolicyUri)
            {
                var derChain = open.SenderDerChain.ToArray();
                if (!endpoint.Policy.IsNone)
                {
                    _settings.CheckPeer(derChain, endpoint.Policy);
                }

                return AsymmetricKeys.Of(endpoint.Policy, _settings.Own, _settings.OwnDerChain, derChain);
            }
        }

        throw new UaException(
            StatusCodes.BadSecurityPolicyRejected, $"{_core.Peer} wants a security policy that this server does not offer; the connection is closed.");
    }

    private static OpenSecureChannelRequest ReadTokenRequest(ReadOnlySpan<byte> message)
    {
        var reader = new UaReader(message);
        var type = reader.ReadNodeId();
        return type == new NodeId(0, OpenSecureChannelRequest.Id)
            ? OpenSecureChannelRequest.Decode(ref reader)
            : throw UaDecodingException.Broken($"The message that opens a channel holds {type}, which is no request for one.");
    }

    /// <summary>The first request chooses it among ours; it holds for the life of the channel.</summary>
    private void CheckMode(MessageSecurityMode mode, SecurityTokenRequestType type)
    {
        var isRight = type == SecurityTokenRequestType.Renew ? mode == Mode : _settings.Endpoints.Contains(new ServerEndpointSecurity(Policy, mode));
        if (!isRight)
        {
            throw new UaException(
                StatusCodes.BadSecurityModeRejected, $"{_core.Peer} wants the mode {mode} with {Policy}, which this server does not offer; the connection is closed.");
        }

        Mode = mode;
    }

    private void GiveToken(uint requestId, OpenSecureChannelRequest request)
    {
        var nowNanos = MonoTime.NowNanos();
        var nonce = RandomNumberGenerator.GetBytes(Policy.NonceBytes);
        var lifetimeMillis = LifetimeMillis(request.RequestedLifetime);
        if (_core.ChannelId == 0)
        {
            _core.ChannelId = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
        }

        _core.AddToken(Policy, Mode, ++_lastTokenId, nonce, request.ClientNonce, nowNanos, lifetimeMillis);
        var response = new OpenSecureChannelResponse
        {
            SecurityToken = new() { ChannelId = _core.ChannelId, TokenId = _lastTokenId, CreatedAt = UaTime.NowUtc(_settings.Clock), RevisedLifetime = lifetimeMillis },
            ServerNonce = Policy.IsNone ? null : nonce,
        };
        response.ResponseHeader.RequestHandle = request.RequestHeader.RequestHandle;
        response.ResponseHeader.Timestamp = response.SecurityToken.CreatedAt;
        MessageBody.Write(_answer, response);
        _core.SendOpen(_keys, requestId, _answer.Written);
    }

    /// <summary>0 asks for as long as we like.</summary>
    private uint LifetimeMillis(uint requested)
    {
        var millisMax = (uint)_settings.LifetimeMax.TotalMilliseconds;
        return requested == 0 ? millisMax : Math.Clamp(requested, (uint)_settings.LifetimeMin.TotalMilliseconds, millisMax);
    }

    private void Transmit(uint requestId, ReadOnlySpan<byte> message)
    {
        try
        {
            _core.Send(MessageType.Message, requestId, message);
        }
        catch (UaException cause)
        {
            throw Broken(cause);
        }
        catch (OperationCanceledException cause)
        {
            // Perhaps half a chunk has gone: nothing can follow it.
            Broken(new UaException(StatusCodes.BadConnectionClosed, $"The connection to {_core.Peer} was stopped in the middle of an answer.", cause));
            throw;
        }
    }

    /// <summary>Tells the client the status alone, and of what concerns its certificate only that it failed; those who are gone hear nothing.</summary>
    private static void Farewell(ChunkLink link, UaException? cause)
    {
        if (cause is null || cause.Status is StatusCodes.BadConnectionClosed or StatusCodes.BadSecureChannelClosed or StatusCodes.BadCommunicationError)
        {
            return;
        }

        try
        {
            link.SendTimeout = FarewellTimeout;
            link.Send(Handshake.WriteError(new MessageBuffer(Handshake.MessageBytesMax), Told(cause.Status), null));
        }
        catch (Exception gone) when (gone is UaException or OperationCanceledException)
        {
            // It hears it from the closed connection as well.
        }
    }

    private static uint Told(uint status) => status is (>= StatusCodes.BadCertificateInvalid and <= StatusCodes.BadCertificateIssuerRevoked)
        or StatusCodes.BadCertificateChainIncomplete or StatusCodes.BadCertificatePolicyCheckFailed
        ? StatusCodes.BadSecurityChecksFailed
        : status;

    private void ThrowIfBroken()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_broken is { } cause)
        {
            throw new UaException(cause.Status, cause.Message, cause);
        }
    }

    private UaException Broken(UaException cause) => _broken = cause;

    private UaException TooLarge() => new(
        StatusCodes.BadResponseTooLarge, $"An answer is larger than the {AnswerBytesMax} bytes that {_core.Peer} takes; it was not sent.");

    private static UaException Unexpected(string peer, MessageType type) => new(
        StatusCodes.BadTcpMessageTypeInvalid, $"{peer} sends a message of the kind {type}, which has no place here; the connection is closed.");
}
