using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The subscriptions of one session and its waiting Publish requests: which message answers which request, and when (OPC UA Part 4, 5.13.1.2).</summary>
internal sealed partial class SessionSubscriptions : ISessionSubscriptions
{
    /// <summary>Of subscriptions that this session lost; a client that does not ask for them hears of the latest only.</summary>
    private const int StatusChangesMax = 100;

    private readonly SubscriptionService _service;
    private readonly SessionContext _session;
    private readonly ItemMaker _items;
    private readonly NotificationWriter _writer;
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, Subscription> _subscriptions = [];
    private readonly PublishQueue _waiting;
    private readonly Queue<PublishResponse> _statusChanges = new();
    private readonly List<(WaitingPublish Request, uint Status)> _refusals = [];

    public SessionSubscriptions(SubscriptionService service, SessionContext session)
    {
        _service = service;
        _session = session;
        _items = new ItemMaker(service);
        _writer = new NotificationWriter(Math.Min(service.Limits.MessageBytesMax, session.AnswerBytesMax));
        _waiting = new PublishQueue(service.Limits.PublishRequestsMax);
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _subscriptions.Count == 0;
            }
        }
    }

    public NodeId SessionId => _session.SessionId;

    public long NextDueMonoNanos
    {
        get
        {
            lock (_gate)
            {
                return IsSomethingToSend ? 0 : NextTimer();
            }
        }
    }

    private bool IsSomethingToSend =>
        _refusals.Count > 0 || (_waiting.Count > 0 && (_statusChanges.Count > 0 || MostUrgent() is not null));

    public void Tick(long monoNow, IAnswerSender sender)
    {
        lock (_gate)
        {
            Advance(monoNow);
            Dispatch(monoNow, sender);
            SendRefusals(sender);
        }
    }

    /// <summary>Without a session nothing is published; only the lifetimes run.</summary>
    public void Age(long monoNow)
    {
        lock (_gate)
        {
            Advance(monoNow);
            _statusChanges.Clear();
        }
    }

    public void Drop(IAnswerSender? sender, uint status)
    {
        lock (_gate)
        {
            RefuseAll(status);
            if (sender is not null)
            {
                SendRefusals(sender);
            }

            _refusals.Clear();
        }
    }

    public void Release()
    {
        Drop(null, StatusCodes.BadSessionClosed);
        if (!IsEmpty)
        {
            _service.Release(this);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var id in _subscriptions.Keys.ToList())
            {
                Delete(id);
            }

            _refusals.Clear();
            _statusChanges.Clear();
        }
    }

    /// <summary>Whether a client of that session may take these subscriptions over (OPC UA Part 4, 5.13.7.1).</summary>
    /// <remarks>
    /// The same user; nobody's subscriptions only for the same application. A session without security may take those of another such
    /// session alone: on an endpoint without security a client can say that it is any.
    /// </remarks>
    public bool MayMoveTo(SessionContext session) =>
        session.Caller.UserName == _session.Caller.UserName
        && (session.Mode != MessageSecurityMode.None || _session.Mode == MessageSecurityMode.None)
        && (session.Caller.UserName is not null || session.ClientApplicationUri == _session.ClientApplicationUri);

    /// <summary>Gives a subscription away, and tells this session's client so; null when it is not here any more.</summary>
    public Subscription? Surrender(uint subscriptionId)
    {
        lock (_gate)
        {
            if (!_subscriptions.Remove(subscriptionId, out var subscription))
            {
                return null;
            }

            AnnounceEnd(subscription, StatusCodes.GoodSubscriptionTransferred);
            return subscription;
        }
    }

    /// <summary>Does something with a subscription of this session; default when it has none of that id.</summary>
    public T? With<T>(uint subscriptionId, Func<Subscription, T> work)
    {
        lock (_gate)
        {
            return _subscriptions.TryGetValue(subscriptionId, out var subscription) ? work(subscription) : default;
        }
    }

    private long NextTimer()
    {
        var next = _waiting.NextDeadlineMonoNanos;
        foreach (var subscription in _subscriptions.Values)
        {
            next = Math.Min(next, subscription.NextDueMonoNanos);
        }

        return next;
    }

    private void Advance(long monoNow)
    {
        List<Subscription>? over = null;
        foreach (var subscription in _subscriptions.Values)
        {
            subscription.Advance(monoNow, _waiting.Count > 0);
            if (subscription.Cycle.IsOver)
            {
                (over ??= []).Add(subscription);
            }
        }

        foreach (var subscription in over ?? [])
        {
            AnnounceEnd(subscription, StatusCodes.BadTimeout);
            Delete(subscription.Id);
        }

        if (_waiting.NextDeadlineMonoNanos <= monoNow)
        {
            _refusals.AddRange(_waiting.TakeExpired(monoNow).Select(request => (request, StatusCodes.BadTimeout)));
        }
    }

    private void Dispatch(long monoNow, IAnswerSender sender)
    {
        while (_waiting.Count > 0)
        {
            if (_statusChanges.TryDequeue(out var statusChange))
            {
                Answer(_waiting.Take(), statusChange, sender);
            }
            else if (MostUrgent() is { } subscription)
            {
                Publish(subscription, monoNow, sender);
            }
            else
            {
                break;
            }
        }

        if (_subscriptions.Count == 0)
        {
            RefuseAll(StatusCodes.BadNoSubscription);
        }
    }

    private void Publish(Subscription subscription, long monoNow, IAnswerSender sender)
    {
        var message = subscription.TakeMessage(_writer, UaTime.NowUtc(_service.Clock), out var hasMore);
        if (message is null)
        {
            subscription.Cycle.Withdraw();
            return;
        }

        subscription.Cycle.Sent(monoNow, hasMore);
        var response = new PublishResponse
        {
            SubscriptionId = subscription.Id,
            AvailableSequenceNumbers = subscription.AvailableSequenceNumbers(),
            MoreNotifications = hasMore,
            NotificationMessage = message,
        };
        Answer(_waiting.Take(), response, sender);
    }

    /// <summary>The one with the highest priority of those that want to send, and of several the one that has waited longest.</summary>
    private Subscription? MostUrgent()
    {
        Subscription? most = null;
        foreach (var subscription in _subscriptions.Values)
        {
            if (subscription.Cycle.Wants && (most is null || subscription.Priority > most.Priority
                || (subscription.Priority == most.Priority && subscription.Cycle.WantsSinceMonoNanos < most.Cycle.WantsSinceMonoNanos)))
            {
                most = subscription;
            }
        }

        return most;
    }

    private void AnnounceEnd(Subscription subscription, uint status)
    {
        if (_statusChanges.Count == StatusChangesMax)
        {
            _statusChanges.Dequeue();
        }

        _statusChanges.Enqueue(new PublishResponse
        {
            SubscriptionId = subscription.Id,
            AvailableSequenceNumbers = [],
            NotificationMessage = new NotificationMessage
            {
                SequenceNumber = subscription.NextSequenceNumber,
                PublishTime = UaTime.NowUtc(_service.Clock),
                NotificationData = [ExtensionObject.Of(new StatusChangeNotification { Status = status })],
            },
        });
    }

    private void Delete(uint subscriptionId)
    {
        if (!_subscriptions.Remove(subscriptionId, out var subscription))
        {
            return;
        }

        foreach (var item in subscription.Items)
        {
            item.Delete();
            _service.GiveBack(item);
        }

        _service.Unregister(subscriptionId);
    }

    private void RefuseAll(uint status) => _refusals.AddRange(_waiting.TakeAll().Select(request => (request, status)));

    private void SendRefusals(IAnswerSender sender)
    {
        foreach (var (request, status) in _refusals)
        {
            sender.Send(request.RequestId, Refusal.Of(status, request.RequestHandle));
        }

        _refusals.Clear();
    }

    private static void Answer(WaitingPublish request, PublishResponse response, IAnswerSender sender)
    {
        response.ResponseHeader.RequestHandle = request.RequestHandle;
        response.Results = request.Results;
        sender.Send(request.RequestId, response);
    }
}
