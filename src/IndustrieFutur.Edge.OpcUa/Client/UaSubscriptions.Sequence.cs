using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>The order of messages (OPC UA Part 4, 5.14.1.1): what is missing is fetched before what follows is delivered; nothing is delivered twice.</summary>
public sealed partial class UaSubscriptions<TSink>
{
    /// <summary>More than all Publish requests that may be out can bring while one service is waited for.</summary>
    private const int HeldMax = 4 * PublishesMax;

    /// <summary>How many missing messages are asked for when the server does not say which it has.</summary>
    private const int BlindRepublishMax = 32;

    /// <summary>Longest fetch of missing messages at one time: as many as servers keep for a subscription at most.</summary>
    private const int RepublishMax = 10_000;

    private readonly Queue<HeldMessage> _held = new();
    private bool _isCatchingUp;

    private enum Refetch
    {
        Delivered,
        NotAvailable,
        SubscriptionGone,
    }

    bool IAfterMessage.HasAny => _subscriptions.Count > 0;

    void IAfterMessage.AfterMessage()
    {
        if (_held.Count > 0 && !_isCatchingUp && !_isCreating && !_session.IsClosing)
        {
            CatchUp();
        }
    }

    /// <summary>True when messages before this one are missing.</summary>
    private static bool IsAhead(UaSubscription subscription, uint sequence) => SequenceNumber.IsBefore(subscription.NextSequence, sequence);

    private void Hold(in PublishHead head)
    {
        if (_held.Count == HeldMax)
        {
            throw new UaException(
                StatusCodes.BadUnexpectedError,
                $"{_session.Settings.Endpoint} sent {HeldMax} messages while one that was missing was asked for. The connection is opened again.");
        }

        _held.Enqueue(HeldMessage.Of(head));
    }

    /// <summary>Delivers what was laid aside, in its order. Asks the server, so more may be laid aside meanwhile.</summary>
    private void CatchUp()
    {
        _isCatchingUp = true;
        try
        {
            while (_held.TryPeek(out var message))
            {
                Take(message);
                if (_held.Count > 0 && ReferenceEquals(_held.Peek(), message))
                {
                    _held.Dequeue();
                }
            }
        }
        finally
        {
            _isCatchingUp = false;
        }
    }

    private void Take(HeldMessage message)
    {
        if (Find(message.SubscriptionId) is not { } subscription)
        {
            DeleteStray(message.SubscriptionId);
            return;
        }

        if (IsAhead(subscription, message.SequenceNumber))
        {
            FetchMissing(subscription, message);
        }

        // It may be gone by now.
        if (Find(message.SubscriptionId) is not null)
        {
            Take(subscription, message.Head);
        }
    }

    /// <summary>A message that is next, a keep-alive, or one that was there before.</summary>
    private void Take(UaSubscription subscription, in NotificationHead message)
    {
        if (message.IsKeepAlive)
        {
            Counters.KeepAlives++;
            _sink.OnKeepAlive(subscription.Id);
            return;
        }

        if (message.SequenceNumber != subscription.NextSequence)
        {
            Counters.Duplicates++;
            return;
        }

        Deliver(subscription, message);
    }

    private void Deliver(UaSubscription subscription, in NotificationHead message)
    {
        // First, so that a message that cannot be read is not asked for again and again, each time delivering its first values.
        subscription.Expect(SequenceNumber.Next(message.SequenceNumber));
        DecodedMessage decoded;
        try
        {
            decoded = NotificationDecoder.Deliver(subscription.Id, message, ref _sink);
        }
        catch (UaDecodingException)
        {
            CountLost(subscription, 1);
            throw;
        }

        Counters.Messages++;
        Counters.Values += decoded.Values;
        Counters.Events += decoded.Events;
        if (decoded.HasStatusChange)
        {
            Lose(subscription, decoded.StatusChange);
        }
    }

    private void FetchMissing(UaSubscription subscription, HeldMessage message)
    {
        // Whether the first message that we see is the first there was, only the server's list can say.
        if (!subscription.HasBegun && message.Available is null)
        {
            subscription.Expect(message.SequenceNumber);
            return;
        }

        foreach (var sequence in Fetchable(subscription.NextSequence, message))
        {
            SkipTo(subscription, sequence);
            if (Republish(subscription, sequence) == Refetch.SubscriptionGone)
            {
                return;
            }
        }

        SkipTo(subscription, message.SequenceNumber);
    }

    /// <summary>The missing messages that are worth asking for, in their order.</summary>
    private static List<uint> Fetchable(uint next, HeldMessage message)
    {
        var missing = SequenceNumber.Distance(next, message.SequenceNumber);
        if (message.Available is { } available)
        {
            return [.. available
                .Where(number => SequenceNumber.Distance(next, number) < missing)
                .OrderBy(number => SequenceNumber.Distance(next, number))
                .Distinct()
                .Take(RepublishMax)];
        }

        var blind = new List<uint>();
        for (var number = next; blind.Count < Math.Min(missing, BlindRepublishMax); number = SequenceNumber.Next(number))
        {
            blind.Add(number);
        }

        return blind;
    }

    /// <summary>What lies between is lost. A subscription begins with number 1 (OPC UA Part 4, 5.14.1.1).</summary>
    private void SkipTo(UaSubscription subscription, uint sequence)
    {
        if (subscription.NextSequence == sequence)
        {
            return;
        }

        CountLost(subscription, SequenceNumber.Distance(subscription.NextSequence, sequence));
        subscription.Expect(sequence);
    }

    private void CountLost(UaSubscription subscription, uint messages)
    {
        Counters.MessagesLost += messages;
        _sink.OnGap(subscription.Id, messages);
    }

    /// <summary>Asks for one message again and delivers it (OPC UA Part 4, 5.14.6).</summary>
    private Refetch Republish(UaSubscription subscription, uint sequence)
    {
        var answer = new CopiedAnswer();
        _session.Exchange(new RepublishRequest { SubscriptionId = subscription.Id, RetransmitSequenceNumber = sequence }, answer);
        if (answer.AbortStatus != 0)
        {
            return Refetch.NotAvailable;
        }

        var head = PublishHead.ReadRepublish(answer.Body);
        switch (head.ServiceResult)
        {
            case StatusCodes.BadSubscriptionIdInvalid or StatusCodes.BadNoSubscription:
                Lose(subscription, head.ServiceResult);
                return Refetch.SubscriptionGone;
            case StatusCodes.BadSessionIdInvalid or StatusCodes.BadSessionClosed or StatusCodes.BadSessionNotActivated:
                throw Useless(head.ServiceResult);
            case var status when PublishHead.IsBad(status) || answer.TypeId != RepublishResponse.Id
                || head.Message.IsKeepAlive || head.Message.SequenceNumber != sequence:
                return Refetch.NotAvailable;
        }

        if (SequenceNumber.IsBefore(sequence, subscription.NextSequence))
        {
            Counters.Duplicates++;
            return Refetch.Delivered;
        }

        SkipTo(subscription, sequence);
        Counters.Republished++;
        subscription.Heard(MonoTime.NowNanos());
        _acknowledgements.Add(new Acknowledgement(subscription.Id, sequence));
        Deliver(subscription, head.Message);
        return Find(subscription.Id) is null ? Refetch.SubscriptionGone : Refetch.Delivered;
    }

    /// <summary>
    /// A subscription of this session that nobody keeps: made by a request whose answer came too late. It would use up Publish requests
    /// for ever.
    /// </summary>
    private void DeleteStray(uint subscriptionId)
    {
        _acknowledgements.Forget(subscriptionId);
        try
        {
            _session.Invoke(new DeleteSubscriptionsRequest { SubscriptionIds = [subscriptionId] });
        }
        catch (UaException) when (_session.IsConnected)
        {
            // It is gone already, or ends with the session.
        }
    }
}
