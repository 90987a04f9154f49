using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>The events of one notifier, as a client filters them (OPC UA Part 4, 5.12.1 and 7.22.3).</summary>
internal sealed class EventItem : MonitoredItem
{
    private readonly EventNotifiers _notifiers;
    private readonly BoundedQueue<Variant[]> _queue;
    private EventSettings _settings;

    /// <summary>Tells that events were given up; waits before or behind the queue, and does not count for its size (OPC UA Part 5, 6.4.12).</summary>
    private Variant[]? _overflow;

    public EventItem(uint id, UaNode node, EventSettings settings, NewsFlag news, EventNotifiers notifiers)
        : base(id, node, AttributeIds.EventNotifier, news)
    {
        _settings = settings;
        _notifiers = notifiers;
        _queue = new BoundedQueue<Variant[]>(settings.QueueSize, settings.DiscardOldest);
    }

    public override int QueueSize => _queue.Size;

    protected override int Count => _queue.Count + (_overflow is null ? 0 : 1);

    /// <summary>An event that was raised at this notifier or below it.</summary>
    public void Offer(UaEvent happened)
    {
        if (_settings.Selection.Wants(happened))
        {
            Queue(happened);
        }
    }

    /// <summary>An event that no where clause holds back: the marks of a refresh (OPC UA Part 9, 5.5.7).</summary>
    public void Queue(UaEvent happened)
    {
        lock (Gate)
        {
            if (Mode == MonitoringMode.Disabled)
            {
                return;
            }

            if (_queue.Add(_settings.Selection.FieldsOf(happened)))
            {
                MarkOverflow();
            }
        }

        Tell();
    }

    public void Change(EventSettings settings)
    {
        lock (Gate)
        {
            _settings = settings;
            if (_queue.Resize(settings.QueueSize, settings.DiscardOldest))
            {
                MarkOverflow();
            }
        }
    }

    protected override void Start() => _notifiers.Attach(this);

    protected override void Stop()
    {
        _notifiers.Detach(this);
        _queue.Clear();
        _overflow = null;
    }

    protected override bool WriteOldest(NotificationWriter writer)
    {
        var isOverflow = _overflow is not null && (_queue.DiscardOldest || _queue.Count == 0);
        if (!writer.TryAddEvent(ClientHandle, isOverflow ? _overflow! : _queue[0]))
        {
            return false;
        }

        if (isOverflow)
        {
            _overflow = null;
        }
        else
        {
            _queue.Take();
        }

        return true;
    }

    private void MarkOverflow() => _overflow ??= _settings.Selection.FieldsOf(_notifiers.Complete(new UaEvent
    {
        EventType = new NodeId(0, EventTypeIds.EventQueueOverflowEventType),
        Message = new LocalizedText("en", "Events were lost: the queue of this monitored item was full. Ask for a longer one, or publish more often."),
    }));
}
