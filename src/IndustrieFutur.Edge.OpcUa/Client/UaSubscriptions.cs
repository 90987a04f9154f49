using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>
/// Keeps the subscriptions of a session: asks the server for their messages ahead of time, checks that none is missing, fetches what is,
/// acknowledges, and hands everything in order to the sink (OPC UA Part 4, 5.14). Works on the session's thread, while it is pumped.
/// </summary>
/// <remarks>
/// Client handles are the caller's: the sink must know them before <see cref="CreateItems"/> is called, for values may come before its
/// answer.
/// </remarks>
public sealed partial class UaSubscriptions<TSink> : IAfterMessage, IPublishOwner
    where TSink : struct, INotificationSink
{
    /// <summary>A session with more subscriptions than this is a mistake: a cell has a few publishing rates.</summary>
    private const int SubscriptionsMax = 100;

    private readonly UaSession _session;
    private readonly List<UaSubscription> _subscriptions = [];
    private TSink _sink;
    private bool _isCreating;

    public UaSubscriptions(UaSession session, TSink sink)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.Subscriptions is not null)
        {
            throw new InvalidOperationException("The session's subscriptions are kept by somebody else already.");
        }

        _session = session;
        _sink = sink;
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new PublishSlot(this);
        }

        session.KeepSubscriptions(this);
    }

    public SubscriptionCounters Counters { get; } = new();

    public IReadOnlyList<UaSubscription> Subscriptions => _subscriptions;

    /// <summary>The sink as it is now, for those that hold their state themselves.</summary>
    public ref TSink Sink => ref _sink;

    /// <summary>When the first of the subscriptions will have been silent for too long; long.MaxValue without any.</summary>
    public long NextDeadlineNanos
    {
        get
        {
            var next = long.MaxValue;
            foreach (var subscription in _subscriptions)
            {
                next = Math.Min(next, subscription.DeadlineMonoNanos);
            }

            return next;
        }
    }

    /// <summary>One of the subscriptions has been silent for longer than its keep-alive allows.</summary>
    public bool IsStale(long nowMonoNanos) => nowMonoNanos > NextDeadlineNanos;

    public UaSubscription Create(SubscriptionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_subscriptions.Count == SubscriptionsMax)
        {
            throw new InvalidOperationException($"A session keeps {SubscriptionsMax} subscriptions at most.");
        }

        _isCreating = true;
        try
        {
            return Add(_session.Invoke(new CreateSubscriptionRequest
            {
                RequestedPublishingInterval = request.PublishingInterval.TotalMilliseconds,
                RequestedLifetimeCount = request.LifetimeCountAllowed,
                RequestedMaxKeepAliveCount = request.KeepAliveCount,
                MaxNotificationsPerPublish = request.NotificationsPerPublishMax,
                PublishingEnabled = request.IsPublishing,
                Priority = request.Priority,
            }));
        }
        finally
        {
            _isCreating = false;
        }
    }

    public void Modify(UaSubscription subscription, SubscriptionRequest request)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentNullException.ThrowIfNull(request);
        var revised = _session.Invoke(new ModifySubscriptionRequest
        {
            SubscriptionId = subscription.Id,
            RequestedPublishingInterval = request.PublishingInterval.TotalMilliseconds,
            RequestedLifetimeCount = request.LifetimeCountAllowed,
            RequestedMaxKeepAliveCount = request.KeepAliveCount,
            MaxNotificationsPerPublish = request.NotificationsPerPublishMax,
            Priority = request.Priority,
        });
        subscription.Revise(revised.RevisedPublishingInterval, revised.RevisedMaxKeepAliveCount, revised.RevisedLifetimeCount);
        subscription.Heard(MonoTime.NowNanos());
    }

    /// <summary>One status for each.</summary>
    public uint[] SetPublishingMode(IReadOnlyList<UaSubscription> subscriptions, bool isPublishing)
    {
        var request = new SetPublishingModeRequest { PublishingEnabled = isPublishing, SubscriptionIds = IdsOf(subscriptions) };
        return Aligned(_session.Invoke(request).Results, subscriptions.Count);
    }

    /// <summary>One status for each. They are no longer listened to, whatever the server says.</summary>
    public uint[] Delete(IReadOnlyList<UaSubscription> subscriptions)
    {
        var ids = IdsOf(subscriptions);
        foreach (var subscription in subscriptions)
        {
            Remove(subscription);
        }

        return Aligned(_session.Invoke(new DeleteSubscriptionsRequest { SubscriptionIds = ids }).Results, ids.Length);
    }

    private UaSubscription Add(CreateSubscriptionResponse created)
    {
        var subscription = new UaSubscription(created.SubscriptionId) { CreatedMonoNanos = MonoTime.NowNanos() };
        subscription.Revise(created.RevisedPublishingInterval, created.RevisedMaxKeepAliveCount, created.RevisedLifetimeCount);
        subscription.Heard(MonoTime.NowNanos());
        _subscriptions.Add(subscription);
        TopUp(MonoTime.NowNanos());
        if (!_isCatchingUp)
        {
            CatchUp();
        }

        return subscription;
    }

    private UaSubscription? Find(uint id)
    {
        foreach (var subscription in _subscriptions)
        {
            if (subscription.Id == id)
            {
                return subscription;
            }
        }

        return null;
    }

    private void Remove(UaSubscription subscription)
    {
        _subscriptions.Remove(subscription);
        _acknowledgements.Forget(subscription.Id);
    }

    private void Lose(UaSubscription subscription, uint status)
    {
        Remove(subscription);
        Counters.SubscriptionsLost++;
        _sink.OnSubscriptionLost(subscription.Id, status);
    }

    private static uint[] IdsOf(IReadOnlyList<UaSubscription> subscriptions)
    {
        ArgumentNullException.ThrowIfNull(subscriptions);
        return [.. subscriptions.Select(subscription => subscription.Id)];
    }

    /// <summary>As many as were asked for.</summary>
    private static uint[] Aligned(uint[]? results, int count)
    {
        var aligned = new uint[count];
        for (var i = 0; i < count; i++)
        {
            aligned[i] = results is not null && i < results.Length ? results[i] : StatusCodes.BadUnknownResponse;
        }

        return aligned;
    }
}
