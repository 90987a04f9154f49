using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Limits;

/// <summary>A session on a channel of ours by which any bytes are sent as a request, and that does not mind what comes of it.</summary>
internal sealed class WireSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ClientChannel _channel;

    private readonly TimeSpan _patience;

    private WireSession(ClientChannel channel, NodeId token, ActivateSessionRequest activation, TimeSpan patience) =>
        (_channel, Token, Activation, _patience) = (channel, token, activation, patience);

    public NodeId Token { get; }

    /// <summary>The request that activated it; without security it may be sent again.</summary>
    public ActivateSessionRequest Activation { get; }

    /// <param name="visitors">Who comes.</param>
    /// <param name="isEncrypted">Whether it comes encrypted, or in clear.</param>
    /// <param name="by">Another address that leads to the server; null: the server's own.</param>
    /// <param name="patience">How long an answer may take; null: ten seconds.</param>
    public static WireSession Open(Visitors visitors, bool isEncrypted, EndpointAddress? by = null, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        var channel = OpenChannel(visitors, isEncrypted, limit, by);
        try
        {
            var endpoint = visitors.EndpointFor(isEncrypted);
            var handshake = new SessionHandshake(visitors.SettingsFor(isEncrypted), endpoint);
            var session = new SessionHandle(Ask(channel, handshake.NewCreate(), default, limit), endpoint);
            var activation = handshake.NewActivate(session);
            Ask(channel, activation, session.AuthenticationToken, limit);
            return new WireSession(channel, session.AuthenticationToken, activation, limit);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    public static ClientChannel OpenChannel(Visitors visitors, bool isEncrypted, TimeSpan patience, EndpointAddress? by = null) => ClientChannel.Open(
        by ?? visitors.Server,
        visitors.SecurityFor(isEncrypted),
        new ChannelSettings { ConnectTimeout = Patience, RequestTimeout = patience },
        TestContext.Current.CancellationToken);

    /// <summary>The answer; throws a <see cref="UaException"/> with the status of a fault, or when none comes.</summary>
    public static TResponse Ask<TResponse>(ClientChannel channel, IUaRequest<TResponse> request, NodeId token, TimeSpan patience)
        where TResponse : IUaResponse<TResponse>
    {
        request.RequestHeader.AuthenticationToken = token;
        var requestId = channel.Send(request);
        var untilNanos = MonoTime.NowNanos() + Nanos(patience);
        while (channel.TryReceive(untilNanos, out var message))
        {
            if (message.RequestId == requestId)
            {
                return Decode<TResponse>(message);
            }
        }

        throw new UaException(StatusCodes.BadTimeout, $"No answer to {request.GetType().Name} came within {patience.TotalSeconds} s.");
    }

    public TResponse Ask<TResponse>(IUaRequest<TResponse> request)
        where TResponse : IUaResponse<TResponse> => Ask(_channel, request, Token, _patience);

    public uint Post(IUaRequest request) => _channel.Send(request);

    /// <summary>
    /// The service result of the answer to that request, and null when none came in time; answers to others are dropped. A filter is opened
    /// item by item: there the first item that was refused counts.
    /// </summary>
    public uint? Await(uint requestId, TimeSpan limit)
    {
        var untilNanos = MonoTime.NowNanos() + Nanos(limit);
        while (_channel.TryReceive(untilNanos, out var message))
        {
            if (message.RequestId == requestId)
            {
                return StatusOf(message);
            }
        }

        return null;
    }

    public void Dispose() => _channel.Dispose();

    private static uint StatusOf(in ReceivedMessage message)
    {
        var reader = new UaReader(message.Body);
        return message.TypeId == CreateMonitoredItemsResponse.Id
            ? CreateMonitoredItemsResponse.Decode(ref reader).Results!.Select(item => item.StatusCode).FirstOrDefault(status => status != StatusCodes.Good)
            : ResponseHeader.Decode(ref reader).ServiceResult;
    }

    private static TResponse Decode<TResponse>(in ReceivedMessage message)
        where TResponse : IUaResponse<TResponse>
    {
        var reader = new UaReader(message.Body);
        if (message.TypeId == TResponse.BinaryEncodingId)
        {
            return TResponse.Decode(ref reader);
        }

        var status = ResponseHeader.Decode(ref reader).ServiceResult;
        throw new UaException(status, $"{typeof(TResponse).Name} is refused: {StatusCodes.NameOf(status)}.");
    }

    private static long Nanos(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}
