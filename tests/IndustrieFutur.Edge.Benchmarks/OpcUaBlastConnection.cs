using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>One client's connection to the blasting server: its requests are answered as they come, its Publish requests when values are due.</summary>
internal sealed class OpcUaBlastConnection
{
    /// <summary>A silent connection is looked at again so often.</summary>
    private const long LookNanos = 50_000_000;

    private readonly ServerChannel _channel;
    private readonly OpcUaBlastFeed _feed;
    private readonly OpcUaBlastServices _services;

    public OpcUaBlastConnection(OpcUaBlastIdentity identity, ServerChannel channel, long periodNanos)
    {
        _channel = channel;
        _feed = new OpcUaBlastFeed(channel, periodNanos);
        _services = new OpcUaBlastServices(identity, _feed);
    }

    /// <summary>Until the client closes, which the channel says by a UaException.</summary>
    public void Serve()
    {
        while (true)
        {
            if (_channel.TryReceive(Math.Min(_feed.NextNanos, MonoClock.NowNanos() + LookNanos), out var message))
            {
                Take(message);
            }

            _feed.Send(MonoClock.NowNanos());
        }
    }

    private void Take(ReceivedMessage message)
    {
        if (message.TypeId != PublishRequest.Id)
        {
            Answer(message);
            return;
        }

        var handle = RequestHandle(message.Body);
        if (!_feed.TryEnqueue(message.RequestId, handle))
        {
            Fault(message.RequestId, handle, StatusCodes.BadTooManyPublishRequests);
        }
    }

    private void Answer(ReceivedMessage message)
    {
        var reader = new UaReader(message.Body);
        IUaResponse? answer = message.TypeId switch
        {
            GetEndpointsRequest.Id => _services.Answer(GetEndpointsRequest.Decode(ref reader)),
            CreateSessionRequest.Id => _services.Answer(CreateSessionRequest.Decode(ref reader)),
            ActivateSessionRequest.Id => OpcUaBlastServices.Activate(),
            CloseSessionRequest.Id => new CloseSessionResponse(),
            ReadRequest.Id => OpcUaBlastServices.Answer(ReadRequest.Decode(ref reader)),
            CreateSubscriptionRequest.Id => OpcUaBlastServices.Answer(CreateSubscriptionRequest.Decode(ref reader)),
            CreateMonitoredItemsRequest.Id => _services.Answer(CreateMonitoredItemsRequest.Decode(ref reader)),
            DeleteMonitoredItemsRequest.Id => _services.Answer(DeleteMonitoredItemsRequest.Decode(ref reader)),
            DeleteSubscriptionsRequest.Id => _services.Answer(DeleteSubscriptionsRequest.Decode(ref reader)),
            _ => null,
        };
        var handle = RequestHandle(message.Body);
        if (answer is null)
        {
            Fault(message.RequestId, handle, StatusCodes.BadServiceUnsupported);
            return;
        }

        Send(message.RequestId, handle, answer);
    }

    private void Fault(uint requestId, uint handle, uint status) =>
        Send(requestId, handle, new ServiceFault { ResponseHeader = new ResponseHeader { ServiceResult = status } });

    private void Send(uint requestId, uint handle, IUaResponse answer)
    {
        answer.ResponseHeader.RequestHandle = handle;
        answer.ResponseHeader.Timestamp = UaTime.NowUtc(TimeProvider.System);
        _channel.Send(requestId, answer);
    }

    /// <summary>Behind the authentication token and the time, in every request (OPC UA Part 4, 7.32).</summary>
    private static uint RequestHandle(ReadOnlySpan<byte> body)
    {
        var reader = new UaReader(body);
        reader.SkipNodeId();
        reader.ReadDateTime();
        return reader.ReadUInt32();
    }
}
