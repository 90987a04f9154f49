using IndustrieFutur.Edge.OpcUa.Client;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>One subscription on the server, and the items of its group that it carries.</summary>
internal sealed class OpcUaWatch(OpcUaGroup group, UaSubscription subscription, OpcUaItem[] items)
{
    private readonly int[] _slots = [.. items.SelectMany(item => item.Targets).Select(target => target.Slot)];

    public OpcUaGroup Group => group;

    public UaSubscription Subscription => subscription;

    public IReadOnlyList<OpcUaItem> Items => items;

    public ReadOnlySpan<int> Slots => _slots;

    /// <summary>All its items were answered for. Otherwise nobody knows which exist, and it is made anew.</summary>
    public bool IsComplete { get; set; }

    /// <summary>When the values that are still in doubt are read, because messages of it were lost; far away when none are.</summary>
    public long ReadMonoNanos { get; set; } = long.MaxValue;
}
