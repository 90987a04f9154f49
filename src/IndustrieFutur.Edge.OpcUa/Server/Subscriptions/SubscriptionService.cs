using System.Collections.Concurrent;
using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>All subscriptions of a server: who has which, how many there may be, and those whose session is over (OPC UA Part 4, 5.13).</summary>
/// <remarks>
/// Locks are taken in this order and never the other way: a session's lock, the lock of one session's subscriptions, that of one item. No
/// thread holds the locks of two sessions' subscriptions: a transfer takes from the one and then gives to the other.
/// </remarks>
internal sealed class SubscriptionService : ISubscriptionService
{
    /// <summary>All queues together; some 60 MB of numbers, three times that of texts of a line: a client with thousands of items and the longest queues gets shorter ones.</summary>
    private const int QueuedValuesMax = 500_000;

    /// <summary>Each event is held against the filter of each of them, on the thread on which it happens.</summary>
    private const int EventItemsMax = 1_000;

    private readonly ConcurrentDictionary<uint, SessionSubscriptions> _owners = new();
    private readonly Lock _changing = new();
    private readonly List<SessionSubscriptions> _released = [];
    private long _countSinceStart;
    private int _itemCount;
    private int _eventItemCount;
    private int _queuedValues;

    /// <summary>Ids begin anywhere: after a restart a client that asks for its old one must not get somebody else's.</summary>
    private uint _lastId = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);

    public SubscriptionService(EventNotifiers notifiers, ServerLimitsSettings limits)
    {
        Notifiers = notifiers;
        Limits = limits;
        new SubscriptionMethods(this).Attach();
    }

    public EventNotifiers Notifiers { get; }

    public ServerLimitsSettings Limits { get; }

    public AddressSpace Space => Notifiers.Space;

    public TimeProvider Clock => Notifiers.Clock;

    public int Count => _owners.Count;

    private int CountMax => Limits.SessionsMax * Limits.SubscriptionsPerSessionMax;

    /// <summary>Most of the room is taken, so that those whose client may never come back stand in the way of others.</summary>
    private bool IsCrowded => _owners.Count > CountMax / 2 || Volatile.Read(ref _queuedValues) > QueuedValuesMax / 2;

    public long CountSinceStart => Interlocked.Read(ref _countSinceStart);

    /// <summary>Monitored items of all subscriptions.</summary>
    public int ItemCount => Volatile.Read(ref _itemCount);

    public ISessionSubscriptions Open(SessionContext session) => new SessionSubscriptions(this, session);

    public void TickReleased(long monoNow)
    {
        SessionSubscriptions[] released;
        lock (_changing)
        {
            released = [.. _released];
        }

        foreach (var session in released)
        {
            session.Age(monoNow);
        }

        lock (_changing)
        {
            _released.RemoveAll(static session => session.IsEmpty);
        }
    }

    public void Dispose()
    {
        foreach (var owner in _owners.Values.Distinct().ToList())
        {
            owner.Dispose();
        }
    }

    public SessionSubscriptions? OwnerOf(uint subscriptionId) => _owners.GetValueOrDefault(subscriptionId);

    /// <summary>An id for a new subscription of that session; null when the server has as many as it may have.</summary>
    public uint? Register(SessionSubscriptions owner)
    {
        if (_owners.Count >= CountMax)
        {
            return null;
        }

        uint id;
        do
        {
            id = Interlocked.Increment(ref _lastId);
        }
        while (id == 0 || !_owners.TryAdd(id, owner));

        Interlocked.Increment(ref _countSinceStart);
        return id;
    }

    public void Move(uint subscriptionId, SessionSubscriptions owner) => _owners[subscriptionId] = owner;

    public void Unregister(uint subscriptionId) => _owners.TryRemove(subscriptionId, out _);

    /// <summary>
    /// The session is over, and its subscriptions wait to be taken over, for hours if their client wanted so. In a crowd those that have
    /// waited longest give way: else whoever leaves sessions behind takes the room of all others.
    /// </summary>
    public void Release(SessionSubscriptions session)
    {
        lock (_changing)
        {
            _released.Add(session);
        }

        while (IsCrowded && TakeLongestReleased() is { } longest)
        {
            longest.Dispose();
        }
    }

    /// <summary>Room for one more monitored item.</summary>
    public bool TryTakeItem() => TryTake(ref _itemCount, Limits.MonitoredItemsMax);

    /// <summary>Room for one more monitored item for events.</summary>
    public bool TryTakeEventItem()
    {
        if (!TryTake(ref _eventItemCount, EventItemsMax))
        {
            return false;
        }

        var isTaken = TryTakeItem();
        if (!isTaken)
        {
            Interlocked.Decrement(ref _eventItemCount);
        }

        return isTaken;
    }

    /// <summary>An item is gone, and its queue with it.</summary>
    public void GiveBack(MonitoredItem item)
    {
        Interlocked.Decrement(ref _itemCount);
        Interlocked.Add(ref _eventItemCount, item is EventItem ? -1 : 0);
        GiveQueue(item.QueueSize);
    }

    /// <summary>Takes a queue of that size, or of one entry when all queues together have no room for it.</summary>
    public int TakeQueue(int size)
    {
        if (Interlocked.Add(ref _queuedValues, size) <= QueuedValuesMax)
        {
            return size;
        }

        Interlocked.Add(ref _queuedValues, 1 - size);
        return 1;
    }

    public void GiveQueue(int size) => Interlocked.Add(ref _queuedValues, -size);

    /// <summary>Null when there is none but the last one, which may come back at once.</summary>
    private SessionSubscriptions? TakeLongestReleased()
    {
        lock (_changing)
        {
            if (_released.Count < 2)
            {
                return null;
            }

            var longest = _released[0];
            _released.RemoveAt(0);
            return longest;
        }
    }

    private static bool TryTake(ref int count, int max)
    {
        if (Interlocked.Increment(ref count) <= max)
        {
            return true;
        }

        Interlocked.Decrement(ref count);
        return false;
    }
}
