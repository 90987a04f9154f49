using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>What becomes of subscriptions after the link was lost (OPC UA Part 4, 6.7).</summary>
public sealed partial class UaSubscriptions<TSink>
{
    /// <summary>
    /// To be called after each <see cref="UaSession.Connect"/> but the first, before anything else: fetches what was missed, and returns
    /// the ids of the subscriptions that are gone and must be made anew. On a new session the server is asked to hand them over first;
    /// their present values then come once more.
    /// </summary>
    public IReadOnlyList<uint> Recover(SessionStart start)
    {
        var before = _subscriptions.ToArray();
        _publishesAllowed = PublishesMax;
        _isCatchingUp = true;
        try
        {
            if (start == SessionStart.Created)
            {
                Transfer(before);
            }
            else
            {
                FetchAllMissing(before);
            }
        }
        finally
        {
            _isCatchingUp = false;
        }

        _session.TakeOver();
        _unanswered = 0;
        var nowNanos = MonoTime.NowNanos();
        foreach (var subscription in _subscriptions)
        {
            subscription.Heard(nowNanos);
        }

        ForgetHeldOfLost();
        CatchUp();
        TopUp(nowNanos);
        return [.. before.Except(_subscriptions).Select(subscription => subscription.Id)];
    }

    /// <summary>What was laid aside when the link broke is still good for those that live.</summary>
    private void ForgetHeldOfLost()
    {
        for (var left = _held.Count; left > 0; left--)
        {
            var message = _held.Dequeue();
            if (Find(message.SubscriptionId) is not null)
            {
                _held.Enqueue(message);
            }
        }
    }

    /// <summary>
    /// Of a resumed session: all that was published into the dead line, from where we stand until the server has no more. Into that line
    /// went no more messages than there were Publish requests for: among so many numbers one may be gone and the next still there.
    /// </summary>
    private void FetchAllMissing(UaSubscription[] subscriptions)
    {
        foreach (var subscription in subscriptions)
        {
            var sequence = subscription.NextSequence;
            var inARow = 0;
            for (var i = 0; i < RepublishMax && inARow < Math.Max(1, _unanswered); i++)
            {
                var refetch = Republish(subscription, sequence);
                if (refetch == Refetch.SubscriptionGone)
                {
                    break;
                }

                inARow = refetch == Refetch.Delivered ? 0 : inARow + 1;
                sequence = SequenceNumber.Next(sequence);
            }
        }
    }

    private void Transfer(UaSubscription[] subscriptions)
    {
        if (subscriptions.Length == 0)
        {
            return;
        }

        var results = AskForTransfer(subscriptions);
        for (var i = 0; i < subscriptions.Length; i++)
        {
            var result = i < results.Length ? results[i] : new TransferResult { StatusCode = StatusCodes.BadUnknownResponse };
            if (PublishHead.IsBad(result.StatusCode) && result.StatusCode != StatusCodes.BadNothingToDo)
            {
                Lose(subscriptions[i], result.StatusCode);
                continue;
            }

            if (result.StatusCode == StatusCodes.BadNothingToDo)
            {
                // Handed over already, by a try that did not come to its end.
                FetchAllMissing([subscriptions[i]]);
                continue;
            }

            Counters.Transferred++;
            FetchAvailable(subscriptions[i], result.AvailableSequenceNumbers ?? []);
        }
    }

    private TransferResult[] AskForTransfer(UaSubscription[] subscriptions)
    {
        if (!_session.IsServerStillRunning)
        {
            return [.. subscriptions.Select(_ => new TransferResult { StatusCode = StatusCodes.BadSubscriptionIdInvalid })];
        }

        var request = new TransferSubscriptionsRequest { SubscriptionIds = IdsOf(subscriptions), SendInitialValues = true };
        try
        {
            return _session.Invoke(request).Results ?? [];
        }
        catch (UaException refused) when (_session.IsConnected && refused.Status != StatusCodes.BadTimeout)
        {
            // Many servers do not transfer at all, or not for anonymous users: the subscriptions are made anew.
            return [.. subscriptions.Select(_ => new TransferResult { StatusCode = refused.Status })];
        }
    }

    private void FetchAvailable(UaSubscription subscription, uint[] available)
    {
        var next = subscription.NextSequence;
        var wanted = available
            .Where(number => number == next || SequenceNumber.IsBefore(next, number))
            .OrderBy(number => SequenceNumber.Distance(next, number))
            .Distinct()
            .Take(RepublishMax);
        foreach (var sequence in wanted)
        {
            SkipTo(subscription, sequence);
            if (Republish(subscription, sequence) == Refetch.SubscriptionGone)
            {
                return;
            }
        }
    }
}
