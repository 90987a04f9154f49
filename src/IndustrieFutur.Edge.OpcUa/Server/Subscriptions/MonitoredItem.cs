using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>One attribute, or the events of one node, that a client watches, and what of it waits to be published (OPC UA Part 4, 5.12.1).</summary>
/// <remarks>
/// Values and events come on any thread and meet the publishing thread under the item's own lock, which is held for one entry or one
/// message only. Two items are never locked at once: a triggered item is told after the lock of the triggering one is free.
/// </remarks>
internal abstract class MonitoredItem(uint id, UaNode node, uint attributeId, NewsFlag news)
{
    /// <summary>Each change of a triggering item goes through all of them.</summary>
    private const int LinksMax = 1_000;

    private MonitoredItem[] _links = [];

    /// <summary>So many of the oldest entries were triggered by a linked item, while this one only samples.</summary>
    private int _triggered;

    public uint Id { get; } = id;

    public UaNode Node { get; } = node;

    public uint AttributeId { get; } = attributeId;

    public uint ClientHandle { get; set; }

    public TimestampsToReturn Timestamps { get; set; }

    public MonitoringMode Mode { get; private set; }

    public bool IsDeleted { get; private set; }

    /// <summary>What the queue holds now, revised.</summary>
    public abstract int QueueSize { get; }

    /// <summary>Whether <see cref="Write"/> has something to write.</summary>
    public bool HasReport => Count > 0 && (Mode == MonitoringMode.Reporting || _triggered > 0);

    protected Lock Gate { get; } = new();

    protected abstract int Count { get; }

    public void SetMode(MonitoringMode mode)
    {
        lock (Gate)
        {
            var before = Mode;
            Mode = mode;
            if (mode == MonitoringMode.Disabled)
            {
                Stop();
            }
            else if (before == MonitoringMode.Disabled)
            {
                Start();
            }
        }

        RaiseIfNew();
    }

    public void Delete()
    {
        IsDeleted = true;
        _links = [];
        SetMode(MonitoringMode.Disabled);
    }

    /// <summary>From now on that item reports what it has sampled whenever this one queues something (OPC UA Part 4, 5.12.1.6); false when too many do.</summary>
    public bool TryLink(MonitoredItem item)
    {
        var isLinked = _links.Contains(item);
        if (!isLinked && _links.Length < LinksMax)
        {
            _links = [.. _links, item];
            isLinked = true;
        }

        return isLinked;
    }

    public bool Unlink(MonitoredItem item)
    {
        var wasLinked = _links.Contains(item);
        _links = wasLinked ? [.. _links.Where(link => link != item)] : _links;
        return wasLinked;
    }

    public void UnlinkDeleted() => _links = Array.Exists(_links, static link => link.IsDeleted) ? [.. _links.Where(link => !link.IsDeleted)] : _links;

    /// <summary>Moves into the message what is to be reported, as far as there is room.</summary>
    public void Write(NotificationWriter writer)
    {
        lock (Gate)
        {
            while (HasReport && WriteOldest(writer))
            {
                _triggered = Math.Max(0, _triggered - 1);
            }
        }
    }

    /// <summary>Begins to watch, and queues the initial value if there is one; under the lock.</summary>
    protected abstract void Start();

    /// <summary>Watches no more and forgets what is queued; under the lock.</summary>
    protected abstract void Stop();

    /// <summary>False when the message has no room for it; under the lock.</summary>
    protected abstract bool WriteOldest(NotificationWriter writer);

    /// <summary>Something was queued: the subscription learns of it, and so do the items that this one triggers. Not under the lock.</summary>
    protected void Tell()
    {
        RaiseIfNew();
        foreach (var link in _links)
        {
            link.Trigger();
        }
    }

    private void Trigger()
    {
        lock (Gate)
        {
            _triggered = Mode == MonitoringMode.Sampling ? Count : 0;
        }

        RaiseIfNew();
    }

    private void RaiseIfNew()
    {
        if (HasReport)
        {
            news.Raise();
        }
    }
}
