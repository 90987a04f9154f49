using System.Buffers.Binary;
using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions.Events;

/// <summary>
/// The way of events from where they happen to those who watch: the node itself, every notifier above it by HasEventSource and HasNotifier,
/// and Server always (OPC UA Part 3, 7.16 and 7.17).
/// </summary>
/// <remarks>Any thread raises; those who watch are an array that is swapped.</remarks>
public sealed class EventNotifiers(AddressSpace space, TimeProvider clock)
{
    private static readonly NodeId Server = new(0, NodeIds.Server);
    private static readonly NodeId HasEventSource = new(0, EventTypeIds.HasEventSource);

    private readonly Lock _changing = new();
    private readonly byte[] _epoch = RandomNumberGenerator.GetBytes(sizeof(ulong));
    private long _raised;
    private volatile EventItem[] _items = [];
    private volatile AlarmCondition[] _conditions = [];
    private volatile EventFields? _fields;

    public AddressSpace Space { get; } = space;

    public TimeProvider Clock { get; } = clock;

    /// <summary>Tells all who watch; the event must not be changed any more.</summary>
    public void Raise(UaEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        Complete(happened);
        var items = _items;
        if (items.Length == 0)
        {
            return;
        }

        var notifiers = NotifiersOf(happened.SourceNode);
        foreach (var item in items)
        {
            if (notifiers.Contains(item.Node.Id))
            {
                item.Offer(happened);
            }
        }
    }

    /// <summary>Gives an event its id and its times, where it has none.</summary>
    internal UaEvent Complete(UaEvent happened)
    {
        happened.EventId ??= NextEventId();
        happened.Time = happened.Time == 0 ? UaTime.NowUtc(Clock) : happened.Time;
        happened.ReceiveTime = happened.ReceiveTime == 0 ? UaTime.NowUtc(Clock) : happened.ReceiveTime;
        return happened;
    }

    internal void Attach(EventItem item)
    {
        lock (_changing)
        {
            _items = [.. _items, item];
        }
    }

    internal void Detach(EventItem item)
    {
        lock (_changing)
        {
            _items = [.. _items.Where(other => other != item)];
        }
    }

    internal void Add(AlarmCondition condition)
    {
        lock (_changing)
        {
            _conditions = [.. _conditions, condition];
        }
    }

    /// <summary>The fields of all event types; made anew when the address space has grown.</summary>
    internal EventFields Fields
    {
        get
        {
            var fields = _fields;
            return fields is not null && fields.NodeCount == Space.Count ? fields : _fields = new EventFields(Space);
        }
    }

    /// <summary>Tells these items again what every condition is like that is still of interest, between two marks (OPC UA Part 9, 5.5.7).</summary>
    internal void Refresh(IReadOnlyCollection<EventItem> items)
    {
        Mark(items, EventTypeIds.RefreshStartEventType);
        foreach (var condition in _conditions)
        {
            if (condition.Retained() is { } happened)
            {
                var notifiers = NotifiersOf(happened.SourceNode);
                foreach (var item in items.Where(item => notifiers.Contains(item.Node.Id)))
                {
                    item.Offer(happened);
                }
            }
        }

        Mark(items, EventTypeIds.RefreshEndEventType);
    }

    private void Mark(IReadOnlyCollection<EventItem> items, uint eventType)
    {
        var mark = Complete(new UaEvent { EventType = new NodeId(0, eventType), Severity = 1 });
        foreach (var item in items)
        {
            item.Queue(mark);
        }
    }

    internal byte[] NextEventId()
    {
        var id = new byte[sizeof(ulong) * 2];
        _epoch.CopyTo(id, 0);
        BinaryPrimitives.WriteInt64BigEndian(id.AsSpan(sizeof(ulong)), Interlocked.Increment(ref _raised));
        return id;
    }

    private HashSet<NodeId> NotifiersOf(NodeId source)
    {
        var notifiers = new HashSet<NodeId> { Server, source };
        var open = new Queue<UaNode>();
        if (Space.Find(source) is { } node)
        {
            open.Enqueue(node);
        }

        while (open.TryDequeue(out var below))
        {
            foreach (var above in Space.Step(below, HasEventSource, true, true, default).Where(above => notifiers.Add(above.Id)))
            {
                open.Enqueue(above);
            }
        }

        return notifiers;
    }
}
