using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>Monitored items that are published together, and the messages that were sent of them (OPC UA Part 4, 5.13.1).</summary>
/// <remarks>Under the lock of the session's subscriptions; only the queues of the items are touched by other threads.</remarks>
internal sealed class Subscription
{
    private readonly Dictionary<uint, MonitoredItem> _items = [];
    private readonly List<MonitoredItem> _order = [];
    private readonly Dictionary<double, SamplingRhythm> _rhythms = [];
    private readonly RetransmissionQueue _sent = new();
    private uint _lastSequenceNumber;
    private uint _lastItemId;
    private int _nextToWrite;

    public Subscription(uint id, CreateSubscriptionRequest request, PublishRhythm rhythm, long monoNow)
    {
        Id = id;
        Priority = request.Priority;
        IsPublishing = request.PublishingEnabled;
        NotificationsMax = request.MaxNotificationsPerPublish;
        Cycle = new PublishCycle(rhythm, monoNow);
    }

    public uint Id { get; }

    /// <summary>The higher one goes first.</summary>
    public byte Priority { get; set; }

    public bool IsPublishing { get; set; }

    /// <summary>In one message; 0 = as many as we like.</summary>
    public uint NotificationsMax { get; set; }

    public PublishCycle Cycle { get; }

    public NewsFlag News { get; } = new();

    public IReadOnlyList<MonitoredItem> Items => _order;

    /// <summary>From 1 up, never 0 (OPC UA Part 4, 7.26).</summary>
    public uint NextSequenceNumber => _lastSequenceNumber == uint.MaxValue ? 1 : _lastSequenceNumber + 1;

    /// <summary>When something is to be sampled or published.</summary>
    public long NextDueMonoNanos
    {
        get
        {
            var next = Cycle.NextMonoNanos;
            foreach (var rhythm in _rhythms.Values)
            {
                next = Math.Min(next, rhythm.NextMonoNanos);
            }

            return next;
        }
    }

    public MonitoredItem? Find(uint itemId) => _items.GetValueOrDefault(itemId);

    public uint TakeItemId() => ++_lastItemId;

    public void Add(MonitoredItem item, long monoNow)
    {
        _items.Add(item.Id, item);
        _order.Add(item);
        if (item is DataItem data)
        {
            Join(data, monoNow);
        }
    }

    /// <summary>Other parameters for an item, and another rhythm when its sampling interval is a new one.</summary>
    public void Change(DataItem item, DataSettings settings, long monoNow)
    {
        var before = item.Settings.SamplingMillis;
        item.Change(settings);
        if (before == settings.SamplingMillis)
        {
            return;
        }

        if (_rhythms.TryGetValue(before, out var rhythm))
        {
            rhythm.Remove(item);
            RemoveEmptyRhythms();
        }

        Join(item, monoNow);
    }

    /// <summary>Forgets the items that were deleted.</summary>
    public void RemoveDeleted()
    {
        foreach (var item in _order.Where(item => item.IsDeleted))
        {
            _items.Remove(item.Id);
        }

        _order.RemoveAll(static item => item.IsDeleted);
        _order.ForEach(static item => item.UnlinkDeleted());
        foreach (var rhythm in _rhythms.Values)
        {
            rhythm.RemoveDeleted();
        }

        RemoveEmptyRhythms();
    }

    /// <summary>Samples what is due, then looks at the publishing timer.</summary>
    public void Advance(long monoNow, bool hasRequest)
    {
        foreach (var rhythm in _rhythms.Values)
        {
            rhythm.SampleIfDue(monoNow);
        }

        Cycle.Elapse(monoNow, IsPublishing && News.IsUp, hasRequest);
    }

    /// <summary>The next message: what is queued, or a keep-alive if one is owed; null when there is nothing to say after all.</summary>
    public NotificationMessage? TakeMessage(NotificationWriter writer, long publishTime, out bool hasMore)
    {
        hasMore = false;
        var parts = IsPublishing ? Collect(writer, out hasMore) : [];
        if (parts.Length == 0 && !Cycle.OwesMessage)
        {
            return null;
        }

        var message = new NotificationMessage { SequenceNumber = NextSequenceNumber, PublishTime = publishTime, NotificationData = parts };
        if (parts.Length > 0)
        {
            // A keep-alive bears the number of the message that comes next, and is not kept.
            _lastSequenceNumber = message.SequenceNumber;
            _sent.Add(message);
        }

        return message;
    }

    public bool Acknowledge(uint sequenceNumber) => _sent.Acknowledge(sequenceNumber);

    public NotificationMessage? Sent(uint sequenceNumber) => _sent.Find(sequenceNumber);

    public uint[] AvailableSequenceNumbers() => _sent.Available();

    /// <summary>Repeats the value of every reported attribute (ResendData, OPC UA Part 5, 9.2, and TransferSubscriptions).</summary>
    public void Resend()
    {
        foreach (var item in _order)
        {
            (item as DataItem)?.Resend();
        }
    }

    /// <summary>For tests of the numbers' end.</summary>
    internal void StartAfter(uint sequenceNumber) => _lastSequenceNumber = sequenceNumber;

    /// <summary>Goes on where the last message ended: a bound on notifications starves no item.</summary>
    private ExtensionObject[] Collect(NotificationWriter writer, out bool hasMore)
    {
        News.Lower();
        writer.Begin(NotificationsMax);
        for (var left = _order.Count; left > 0 && !writer.IsFull; left--)
        {
            _nextToWrite = _nextToWrite < _order.Count ? _nextToWrite : 0;
            _order[_nextToWrite++].Write(writer);
        }

        hasMore = writer.IsFull && _order.Exists(static item => item.HasReport);
        if (hasMore)
        {
            News.Raise();
        }

        return writer.End();
    }

    private void Join(DataItem item, long monoNow)
    {
        var millis = item.Settings.SamplingMillis;
        if (item.Settings.IsWatched)
        {
            return;
        }

        if (!_rhythms.TryGetValue(millis, out var rhythm))
        {
            const double NanosPerMilli = 1e6;
            rhythm = new SamplingRhythm((long)(millis * NanosPerMilli), monoNow);
            _rhythms.Add(millis, rhythm);
        }

        rhythm.Add(item);
    }

    private void RemoveEmptyRhythms()
    {
        foreach (var (millis, rhythm) in _rhythms)
        {
            if (rhythm.IsEmpty)
            {
                _rhythms.Remove(millis);
            }
        }
    }
}
