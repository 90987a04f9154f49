namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>The monitored attributes of one subscription that are looked at with the same interval, all in one pass.</summary>
internal sealed class SamplingRhythm(long intervalNanos, long monoNow)
{
    private readonly List<DataItem> _items = [];

    public long NextMonoNanos { get; private set; } = monoNow + intervalNanos;

    public bool IsEmpty => _items.Count == 0;

    public void Add(DataItem item) => _items.Add(item);

    public void Remove(DataItem item) => _items.Remove(item);

    public void RemoveDeleted() => _items.RemoveAll(static item => item.IsDeleted);

    public void SampleIfDue(long monoNow)
    {
        if (monoNow < NextMonoNanos)
        {
            return;
        }

        // A pass that was missed is not made up for: the value is the same by now.
        NextMonoNanos += ((monoNow - NextMonoNanos) / intervalNanos * intervalNanos) + intervalNanos;
        foreach (var item in _items)
        {
            item.Sample();
        }
    }
}
