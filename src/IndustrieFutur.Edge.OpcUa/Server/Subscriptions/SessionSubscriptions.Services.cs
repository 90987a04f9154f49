using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The services of OPC UA Part 4, 5.13, and Cancel of a Publish request.</summary>
internal sealed partial class SessionSubscriptions
{
    private const long NanosPerMilli = 1_000_000;

    /// <summary>
    /// Subscriptions named, or messages acknowledged, in one request: a session has 20 subscriptions with 100 messages each at most, and
    /// what a waiting Publish is to say of its acknowledgements is kept until it is answered.
    /// </summary>
    private const int OperationsMax = 2_500;

    public bool Handles(IUaRequest request) => request
        is CreateSubscriptionRequest or ModifySubscriptionRequest or SetPublishingModeRequest or DeleteSubscriptionsRequest
        or PublishRequest or RepublishRequest or TransferSubscriptionsRequest or CancelRequest
        or CreateMonitoredItemsRequest or ModifyMonitoredItemsRequest or SetMonitoringModeRequest or SetTriggeringRequest
        or DeleteMonitoredItemsRequest;

    public IUaResponse? Handle(uint requestId, IUaRequest request, SessionContext session, long monoNow)
    {
        if (request is TransferSubscriptionsRequest transfer)
        {
            // Takes the lock of another session's subscriptions in turn, never both.
            return Transfer(transfer, session, monoNow);
        }

        lock (_gate)
        {
            return request switch
            {
                PublishRequest publish => Enqueue(requestId, publish, monoNow),
                CreateSubscriptionRequest create => Create(create, monoNow),
                ModifySubscriptionRequest modify => Modify(modify, monoNow),
                SetPublishingModeRequest mode => SetPublishingMode(mode),
                DeleteSubscriptionsRequest delete => DeleteAll(delete),
                RepublishRequest republish => Republish(republish),
                CancelRequest cancel => Cancel(cancel),
                _ => HandleItems(request, monoNow),
            };
        }
    }

    private IUaResponse Create(CreateSubscriptionRequest request, long monoNow)
    {
        if (_subscriptions.Count >= _service.Limits.SubscriptionsPerSessionMax || _service.Register(this) is not { } id)
        {
            return Refusal.Of(StatusCodes.BadTooManySubscriptions);
        }

        var rhythm = PublishRhythm.Revise(request, _service.Limits);
        _subscriptions.Add(id, new Subscription(id, request, rhythm, monoNow));
        return new CreateSubscriptionResponse
        {
            SubscriptionId = id,
            RevisedPublishingInterval = rhythm.IntervalMillis,
            RevisedLifetimeCount = rhythm.LifetimeCount,
            RevisedMaxKeepAliveCount = rhythm.KeepAliveCount,
        };
    }

    private IUaResponse Modify(ModifySubscriptionRequest request, long monoNow)
    {
        if (!_subscriptions.TryGetValue(request.SubscriptionId, out var subscription))
        {
            return Refusal.Of(StatusCodes.BadSubscriptionIdInvalid);
        }

        var rhythm = PublishRhythm.Revise(request, _service.Limits);
        subscription.Cycle.Change(rhythm, monoNow);
        subscription.Priority = request.Priority;
        subscription.NotificationsMax = request.MaxNotificationsPerPublish;
        return new ModifySubscriptionResponse
        {
            RevisedPublishingInterval = rhythm.IntervalMillis,
            RevisedLifetimeCount = rhythm.LifetimeCount,
            RevisedMaxKeepAliveCount = rhythm.KeepAliveCount,
        };
    }

    private static ServiceFault? Refused(uint[]? asked, out uint[] ids)
    {
        ids = asked ?? [];
        return ids.Length == 0 ? Refusal.Of(StatusCodes.BadNothingToDo)
            : ids.Length > OperationsMax ? Refusal.Of(StatusCodes.BadTooManyOperations)
            : null;
    }

    private IUaResponse SetPublishingMode(SetPublishingModeRequest request)
    {
        if (Refused(request.SubscriptionIds, out var ids) is { } refusal)
        {
            return refusal;
        }

        return new SetPublishingModeResponse
        {
            Results = Array.ConvertAll(ids, id =>
            {
                if (!_subscriptions.TryGetValue(id, out var subscription))
                {
                    return StatusCodes.BadSubscriptionIdInvalid;
                }

                subscription.IsPublishing = request.PublishingEnabled;
                subscription.Cycle.Heard();
                return StatusCodes.Good;
            }),
        };
    }

    private IUaResponse DeleteAll(DeleteSubscriptionsRequest request)
    {
        if (Refused(request.SubscriptionIds, out var ids) is { } refusal)
        {
            return refusal;
        }

        var response = new DeleteSubscriptionsResponse
        {
            Results = Array.ConvertAll(ids, id =>
            {
                var isKnown = _subscriptions.ContainsKey(id);
                Delete(id);
                return isKnown ? StatusCodes.Good : StatusCodes.BadSubscriptionIdInvalid;
            }),
        };
        if (_subscriptions.Count == 0 && _statusChanges.Count == 0)
        {
            RefuseAll(StatusCodes.BadNoSubscription);
        }

        return response;
    }

    private ServiceFault? Enqueue(uint requestId, PublishRequest request, long monoNow)
    {
        if (request.SubscriptionAcknowledgements is { } many && many.Length > OperationsMax)
        {
            return Refusal.Of(StatusCodes.BadTooManyOperations);
        }

        if (_subscriptions.Count == 0 && _statusChanges.Count == 0)
        {
            return Refusal.Of(StatusCodes.BadNoSubscription);
        }

        foreach (var subscription in _subscriptions.Values)
        {
            subscription.Cycle.Heard();
        }

        var header = request.RequestHeader;
        var deadline = header.TimeoutHint == 0 ? long.MaxValue : monoNow + (header.TimeoutHint * NanosPerMilli);
        var results = request.SubscriptionAcknowledgements is { } acknowledgements ? Array.ConvertAll(acknowledgements, Acknowledge) : null;
        if (_waiting.Add(new WaitingPublish(requestId, header.RequestHandle, deadline, results)) is { } oldest)
        {
            _refusals.Add((oldest, StatusCodes.BadTooManyPublishRequests));
        }

        return null;
    }

    private uint Acknowledge(SubscriptionAcknowledgement acknowledgement) =>
        !_subscriptions.TryGetValue(acknowledgement.SubscriptionId, out var subscription) ? StatusCodes.BadSubscriptionIdInvalid
        : subscription.Acknowledge(acknowledgement.SequenceNumber) ? StatusCodes.Good
        : StatusCodes.BadSequenceNumberUnknown;

    private IUaResponse Republish(RepublishRequest request)
    {
        if (!_subscriptions.TryGetValue(request.SubscriptionId, out var subscription))
        {
            return Refusal.Of(StatusCodes.BadSubscriptionIdInvalid);
        }

        subscription.Cycle.Heard();
        return subscription.Sent(request.RetransmitSequenceNumber) is { } message
            ? new RepublishResponse { NotificationMessage = message }
            : Refusal.Of(StatusCodes.BadMessageNotAvailable);
    }

    private CancelResponse Cancel(CancelRequest request)
    {
        var cancelled = _waiting.TakeByHandle(request.RequestHandle);
        _refusals.AddRange(cancelled.Select(waiting => (waiting, StatusCodes.BadRequestCancelledByClient)));
        return new CancelResponse { CancelCount = (uint)cancelled.Count };
    }

    private IUaResponse Transfer(TransferSubscriptionsRequest request, SessionContext session, long monoNow)
    {
        if (request.SubscriptionIds is not { Length: > 0 } ids)
        {
            return Refusal.Of(StatusCodes.BadNothingToDo);
        }

        return ids.Length > _service.Limits.SubscriptionsPerSessionMax
            ? Refusal.Of(StatusCodes.BadTooManyOperations)
            : new TransferSubscriptionsResponse { Results = Array.ConvertAll(ids, id => Transfer(id, request, session, monoNow)) };
    }

    private TransferResult Transfer(uint id, TransferSubscriptionsRequest request, SessionContext session, long monoNow)
    {
        var owner = _service.OwnerOf(id);
        var status = owner is null ? StatusCodes.BadSubscriptionIdInvalid
            : owner == this ? StatusCodes.BadNothingToDo
            : !owner.MayMoveTo(session) ? StatusCodes.BadUserAccessDenied
            : HasRoom() ? StatusCodes.Good
            : StatusCodes.BadTooManySubscriptions;
        if (status != StatusCodes.Good || owner!.Surrender(id) is not { } subscription)
        {
            return new TransferResult { StatusCode = status == StatusCodes.Good ? StatusCodes.BadSubscriptionIdInvalid : status };
        }

        lock (_gate)
        {
            _subscriptions.Add(id, subscription);
            _service.Move(id, this);
            subscription.Cycle.Change(subscription.Cycle.Rhythm, monoNow);
            if (request.SendInitialValues)
            {
                subscription.Resend();
            }

            return new TransferResult { StatusCode = StatusCodes.Good, AvailableSequenceNumbers = subscription.AvailableSequenceNumbers() };
        }
    }

    private bool HasRoom()
    {
        lock (_gate)
        {
            return _subscriptions.Count < _service.Limits.SubscriptionsPerSessionMax;
        }
    }
}
