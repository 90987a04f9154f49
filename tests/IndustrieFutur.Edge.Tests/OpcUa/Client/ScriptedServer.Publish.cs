using System.Collections.Concurrent;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>The publishing half of the scripted server: it keeps Publish requests and answers them with what the test hands it.</summary>
internal sealed partial class ScriptedServer
{
    private readonly Queue<uint> _publishRequests = new();
    private readonly ConcurrentQueue<IUaResponse> _toPublish = new();
    private readonly ConcurrentQueue<(uint Subscription, uint Sequence)> _acknowledged = new();
    private volatile uint _endless;
    private uint _endlessNumber;
    private long _endlessUntilNanos;

    /// <summary>What Republish can still give, by subscription and number.</summary>
    public ConcurrentDictionary<(uint Subscription, uint Sequence), NotificationMessage> Kept { get; } = new();

    public IReadOnlyList<(uint Subscription, uint Sequence)> Acknowledged => [.. _acknowledged];

    /// <summary>How many Publish requests wait here; read from the server's own thread only, elsewhere it is a snapshot.</summary>
    public int PublishesWaiting { get; private set; }

    public int PublishesHeard { get; private set; }

    /// <summary>Publishes one value as the next answer, when there is a request for it.</summary>
    public void Publish(uint subscription, uint sequence, int value, params uint[] available) =>
        _toPublish.Enqueue(new PublishResponse
        {
            SubscriptionId = subscription,
            AvailableSequenceNumbers = available,
            NotificationMessage = Message(sequence, value),
        });

    /// <summary>Answers every Publish request at once with a message, until a later deadline than any that a test sets itself.</summary>
    public void PublishWithoutEnd(uint subscription)
    {
        _endlessNumber = 1;
        _endlessUntilNanos = MonoTime.NowNanos() + 5_000_000_000;
        _endless = subscription;
    }

    public void PublishKeepAlive(uint subscription, uint nextSequence) =>
        _toPublish.Enqueue(new PublishResponse
        {
            SubscriptionId = subscription,
            NotificationMessage = new NotificationMessage { SequenceNumber = nextSequence, NotificationData = [] },
        });

    public void PublishStatus(uint subscription, uint sequence, uint status) =>
        _toPublish.Enqueue(new PublishResponse
        {
            SubscriptionId = subscription,
            NotificationMessage = new NotificationMessage
            {
                SequenceNumber = sequence,
                NotificationData = [ExtensionObject.Of(new StatusChangeNotification { Status = status })],
            },
        });

    public void PublishFault(uint status) => _toPublish.Enqueue(Fault(status));

    /// <summary>A message of one value, whose client handle is 1.</summary>
    public static NotificationMessage Message(uint sequence, int value) => new()
    {
        SequenceNumber = sequence,
        NotificationData =
        [
            ExtensionObject.Of(new DataChangeNotification
            {
                MonitoredItems = [new MonitoredItemNotification { ClientHandle = 1, Value = new DataValue(Variant.Of(value)) }],
            }),
        ],
    };

    private void TakePublish(uint requestId, byte[] body)
    {
        var reader = new UaReader(body);
        foreach (var acknowledgement in PublishRequest.Decode(ref reader).SubscriptionAcknowledgements ?? [])
        {
            _acknowledged.Enqueue((acknowledgement.SubscriptionId, acknowledgement.SequenceNumber));
        }

        _publishRequests.Enqueue(requestId);
        PublishesHeard++;
        PublishesWaiting = _publishRequests.Count;
    }

    private void SendPublished(ServerChannel channel)
    {
        if (_endless != 0 && _publishRequests.Count > 0 && MonoTime.NowNanos() < _endlessUntilNanos)
        {
            Publish(_endless, _endlessNumber++, 1);
        }

        while (_publishRequests.Count > 0 && _toPublish.TryDequeue(out var response))
        {
            channel.Send(_publishRequests.Dequeue(), response);
            PublishesWaiting = _publishRequests.Count;
        }
    }

    private RepublishResponse Republished(RepublishRequest request) =>
        Kept.TryGetValue((request.SubscriptionId, request.RetransmitSequenceNumber), out var message)
            ? new RepublishResponse { NotificationMessage = message }
            : new RepublishResponse { ResponseHeader = new ResponseHeader { ServiceResult = StatusCodes.BadMessageNotAvailable } };
}
