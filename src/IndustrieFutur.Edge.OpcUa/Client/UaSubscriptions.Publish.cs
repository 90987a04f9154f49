using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>The Publish requests that are out, and what their answers are (OPC UA Part 4, 5.14.5). The way of every value: allocates nothing.</summary>
public sealed partial class UaSubscriptions<TSink>
{
    /// <summary>One for the message on the way, one that waits on the server.</summary>
    private const int PublishesMin = 2;

    /// <summary>Enough for a handful of subscriptions; more would hold the server's memory for nothing.</summary>
    private const int PublishesUsual = 10;

    /// <summary>Over long lines more are needed; the servers we know take 20 per session at least.</summary>
    private const int PublishesMax = 20;

    /// <summary>A server that says it is busy is asked again after this.</summary>
    private const long BusyNanos = 1_000_000_000;

    /// <summary>So many faults without a message in between: the session is of no more use.</summary>
    private const int FaultsMax = 30;

    private const uint TimeoutHintMillisMin = 10_000;
    private const uint TimeoutHintMillisMax = 3_600_000;

    private readonly AcknowledgementQueue _acknowledgements = new();
    private readonly PublishSlot[] _slots = new PublishSlot[PublishesMax];
    private int _outstanding;

    /// <summary>Publish requests that were out when a link broke, since the last recovery.</summary>
    private int _unanswered;
    private int _publishesAllowed = PublishesMax;
    private int _faultsInARow;
    private long _publishAgainAtNanos;

    /// <summary>Sends Publish requests until enough are out.</summary>
    private void TopUp(long nowNanos)
    {
        if (_session.IsClosing || _subscriptions.Count == 0 || nowNanos < _publishAgainAtNanos)
        {
            return;
        }

        var target = PublishesWanted();
        for (var i = 0; i < _slots.Length && _outstanding < target; i++)
        {
            if (!_slots[i].IsOut)
            {
                SendPublish(_slots[i], nowNanos);
            }
        }
    }

    private int PublishesWanted()
    {
        var wanted = Math.Clamp(2 + _subscriptions.Count, PublishesMin, PublishesUsual);
        var intervalNanos = ShortestIntervalNanos();
        var overTheLine = Math.Min(PublishesMax, (_session.ClockOffset.RoundTripNanos / intervalNanos) + 3);
        return Math.Min(Math.Max(wanted, (int)overTheLine), _publishesAllowed);
    }

    private long ShortestIntervalNanos()
    {
        var shortest = long.MaxValue;
        foreach (var subscription in _subscriptions)
        {
            shortest = Math.Min(shortest, subscription.PublishingInterval.Ticks * 100);
        }

        return Math.Max(1, shortest);
    }

    /// <summary>Twice the longest time that a subscription may be silent.</summary>
    private uint TimeoutHintMillis()
    {
        var longest = 0.0;
        foreach (var subscription in _subscriptions)
        {
            longest = Math.Max(longest, subscription.PublishingInterval.TotalMilliseconds * subscription.KeepAliveCount * 2);
        }

        return (uint)Math.Clamp(longest, TimeoutHintMillisMin, TimeoutHintMillisMax);
    }

    private void SendPublish(PublishSlot slot, long nowNanos)
    {
        slot.Fill(_acknowledgements, TimeoutHintMillis(), nowNanos);
        _outstanding++;
        Counters.PublishesSent++;
        Counters.PublishesOutstanding = _outstanding;
        _session.Send(slot, slot);
    }

    void IPublishOwner.OnPublishAnswer(PublishSlot slot, in ReceivedMessage message)
    {
        var nowNanos = MonoTime.NowNanos();
        _outstanding--;
        Counters.PublishesOutstanding = _outstanding;
        var head = message.AbortStatus == 0 && IsPublishAnswer(message.TypeId) ? PublishHead.Read(message.Body) : default;
        var status = StatusOf(message, head);
        if (PublishHead.IsBad(status))
        {
            OnPublishFault(slot, status, nowNanos);
            return;
        }

        slot.Free();
        _faultsInARow = 0;
        OnPublished(head, nowNanos);
    }

    private static bool IsPublishAnswer(uint typeId) => typeId is PublishResponse.Id or ServiceFault.Id;

    private static uint StatusOf(in ReceivedMessage message, in PublishHead head)
    {
        if (message.AbortStatus != 0)
        {
            return message.AbortStatus;
        }

        return message.TypeId == PublishResponse.Id || PublishHead.IsBad(head.ServiceResult) ? head.ServiceResult : StatusCodes.BadUnknownResponse;
    }

    /// <summary>The next request goes out before the values are looked at: the server never waits for us.</summary>
    private void OnPublished(in PublishHead head, long nowNanos)
    {
        if (!head.Message.IsKeepAlive)
        {
            _acknowledgements.Add(new Acknowledgement(head.SubscriptionId, head.Message.SequenceNumber));
        }

        TopUp(nowNanos);
        var subscription = Find(head.SubscriptionId);
        subscription?.Heard(nowNanos);
        if (subscription is null || _isCatchingUp || _held.Count > 0 || IsAhead(subscription, head.Message.SequenceNumber))
        {
            Hold(head);
            return;
        }

        Take(subscription, head.Message);
    }

    private void OnPublishFault(PublishSlot slot, uint status, long nowNanos)
    {
        Counters.PublishFaults++;
        slot.PutBack(_acknowledgements);
        if (_session.IsClosing)
        {
            return;
        }

        switch (status)
        {
            case StatusCodes.BadTooManyPublishRequests:
                // Not asked again: one fewer from now on.
                _publishesAllowed = Math.Max(1, Math.Min(_publishesAllowed, _outstanding));
                if (_outstanding == 0)
                {
                    // Not even one: it may still hold those of a channel that is dead.
                    CountFault(status);
                    _publishAgainAtNanos = nowNanos + BusyNanos;
                }

                break;
            case StatusCodes.BadNoSubscription:
                LoseThoseBefore(slot.SentMonoNanos, status);
                break;
            case StatusCodes.BadSessionIdInvalid or StatusCodes.BadSessionClosed or StatusCodes.BadSessionNotActivated
                or StatusCodes.BadSecureChannelClosed or StatusCodes.BadSecureChannelIdInvalid:
                throw Useless(status);
            case StatusCodes.BadTimeout or StatusCodes.BadRequestTimeout:
                CountFault(status);
                TopUp(nowNanos);
                break;
            default:
                CountFault(status);
                _publishAgainAtNanos = nowNanos + BusyNanos;
                break;
        }
    }

    /// <summary>The server knows no subscription of this session: those that were made before the request was sent are gone.</summary>
    private void LoseThoseBefore(long sentMonoNanos, uint status)
    {
        for (var i = _subscriptions.Count - 1; i >= 0; i--)
        {
            if (_subscriptions[i].CreatedMonoNanos < sentMonoNanos)
            {
                Lose(_subscriptions[i], status);
            }
        }
    }

    private void CountFault(uint status)
    {
        if (++_faultsInARow > FaultsMax)
        {
            throw Useless(status);
        }
    }

    private UaException Useless(uint status) => new(
        status,
        $"{_session.Settings.Endpoint} no longer publishes: {StatusCodes.NameOf(status)}. The connection is opened again; look at the server if it happens often.");

    void IAfterMessage.BeforeWait(long nowMonoNanos) => TopUp(nowMonoNanos);

    void IAfterMessage.OnChannelLost()
    {
        foreach (var slot in _slots)
        {
            if (slot.IsOut)
            {
                slot.PutBack(_acknowledgements);
            }
        }

        _unanswered += _outstanding;
        _outstanding = 0;
        Counters.PublishesOutstanding = 0;
        _publishAgainAtNanos = 0;
        _faultsInARow = 0;
    }
}
