using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>One subscription on the server, and the items of its group that it carries.</summary>
internal sealed class OpcUaWatch(OpcUaGroup group, UaSubscription subscription, OpcUaItem[] items)
{
    /// <summary>Messages that were on the way when others were lost have come by then.</summary>
    private const int SettleIntervals = 2;

    private readonly int[] _slots = [.. items.SelectMany(item => item.Targets).Select(target => target.Slot)];

    public OpcUaGroup Group => group;

    public UaSubscription Subscription => subscription;

    public IReadOnlyList<OpcUaItem> Items => items;

    public ReadOnlySpan<int> Slots => _slots;

    /// <summary>All its items were answered for. Otherwise nobody knows which exist, and it is made anew.</summary>
    public bool IsComplete { get; set; }

    /// <summary>When the values that are still in doubt are read, because messages of it were lost; far away when none are.</summary>
    public long ReadMonoNanos { get; set; } = long.MaxValue;

    /// <summary>Messages of it are lost: what its signals were last may no longer be so, and is read if nothing more comes.</summary>
    public void DoubtAll(OpcUaLastValues values, long monoNow)
    {
        foreach (var slot in _slots)
        {
            values.Doubt(slot);
        }

        ReadWhenSettled(monoNow);
    }

    public void ReadWhenSettled(long monoNow) => ReadMonoNanos = monoNow + (subscription.PublishingInterval.Ticks * 100 * SettleIntervals);
}
