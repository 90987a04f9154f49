using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>A monitored attribute: its value is compared with the last one that was queued, and queued itself when the filter lets it pass.</summary>
/// <remarks>
/// A sample that did not change costs a look at a reference: a variable's DataValue is another object after each Set. With sampling interval
/// 0 the variable tells of each Set instead.
/// </remarks>
internal sealed class DataItem : MonitoredItem, IValueWatcher
{
    private static readonly DataValue NotReadable = UaNode.Refusal(StatusCodes.BadNotReadable);

    private readonly UaVariable? _variable;
    private readonly TimeProvider _clock;
    private readonly BoundedQueue<QueuedValue> _queue;
    private DataSettings _settings;
    private DataValue? _seen;
    private DataValue? _last;

    public DataItem(uint id, UaNode node, uint attributeId, DataSettings settings, NewsFlag news, TimeProvider clock)
        : base(id, node, attributeId, news)
    {
        _variable = attributeId == AttributeIds.Value ? node as UaVariable : null;
        _settings = settings;
        _clock = clock;
        _queue = new BoundedQueue<QueuedValue>(settings.QueueSize, settings.DiscardOldest);
    }

    public DataSettings Settings => _settings;

    public override int QueueSize => _queue.Size;

    protected override int Count => _queue.Count;

    /// <summary>Looks at the value, when its sampling interval is over.</summary>
    public void Sample()
    {
        if (Mode == MonitoringMode.Disabled)
        {
            return;
        }

        var value = Read();
        if (!ReferenceEquals(value, _seen))
        {
            Offer(value);
        }
    }

    public void Changed(UaVariable variable, DataValue value) => Offer(IsReadable ? value : NotReadable);

    /// <summary>Other parameters from now on; what is queued stays as far as it fits (ModifyMonitoredItems).</summary>
    public void Change(DataSettings settings)
    {
        lock (Gate)
        {
            if (_queue.Resize(settings.QueueSize, settings.DiscardOldest))
            {
                MarkOverflow();
            }

            var isRunning = Mode != MonitoringMode.Disabled;
            if (isRunning && _settings.IsWatched != settings.IsWatched)
            {
                Watch(settings.IsWatched);
            }

            _settings = settings;
        }

        // What was set since the last sample, before the variable was asked to tell.
        Sample();
    }

    /// <summary>Repeats the last value when nothing newer waits: for a client that took the subscription over (OPC UA Part 4, 5.13.7.2).</summary>
    public void Resend()
    {
        lock (Gate)
        {
            if (Mode == MonitoringMode.Reporting && _queue.Count == 0)
            {
                Queue(_last ?? Ranged(Read()));
            }
        }

        Tell();
    }

    protected override void Start()
    {
        Watch(_settings.IsWatched);
        var value = Read();
        _seen = value;
        Queue(Ranged(value));
    }

    protected override void Stop()
    {
        Watch(false);
        _queue.Clear();
        _seen = null;
        _last = null;
    }

    protected override bool WriteOldest(NotificationWriter writer)
    {
        if (!writer.TryAdd(ClientHandle, _queue[0], Timestamps))
        {
            return false;
        }

        _queue.Take();
        return true;
    }

    private bool IsReadable => _variable is null || (_variable.AccessLevel & AccessLevels.CurrentRead) != 0;

    private DataValue Read() => !IsReadable ? NotReadable : _variable is not null ? _variable.Value : Node.Attribute(AttributeId);

    private DataValue Ranged(DataValue value)
    {
        if (_settings.Range is not { } range || value.Value.IsNull)
        {
            return value;
        }

        var status = range.TryRead(value.Value, out var part);
        return new DataValue(part)
        {
            Status = status == StatusCodes.Good ? value.Status : status,
            SourceTimestamp = value.SourceTimestamp,
            SourcePicoseconds = value.SourcePicoseconds,
        };
    }

    private void Offer(DataValue value)
    {
        lock (Gate)
        {
            if (Mode == MonitoringMode.Disabled || ReferenceEquals(value, _seen))
            {
                return;
            }

            _seen = value;
            var ranged = Ranged(value);
            if (_last is { } last && !_settings.Filter.Passes(last, ranged))
            {
                return;
            }

            Queue(ranged);
        }

        Tell();
    }

    private void Queue(DataValue value)
    {
        _last = value;
        if (_queue.Add(new QueuedValue(value, UaTime.NowUtc(_clock), false)))
        {
            MarkOverflow();
        }
    }

    /// <summary>A queue of one only ever holds the latest value: nothing is marked there (OPC UA Part 4, 5.12.1.5).</summary>
    private void MarkOverflow()
    {
        if (_queue.Size > 1)
        {
            _queue[_queue.DiscardOldest ? 0 : _queue.Count - 1].HasOverflown = true;
        }
    }

    private void Watch(bool isWanted)
    {
        if (isWanted)
        {
            _variable?.Watch(this);
        }
        else
        {
            _variable?.Unwatch(this);
        }
    }
}
