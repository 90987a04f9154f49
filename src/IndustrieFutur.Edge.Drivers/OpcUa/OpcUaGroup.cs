namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>Items with one rhythm, and what the server was made to do for them.</summary>
internal sealed class OpcUaGroup(string name, OpcUaGroupOptions options, OpcUaItem[] items)
{
    /// <summary>Device and group, for sentences.</summary>
    public string Name => name;

    public OpcUaGroupOptions Options => options;

    public IReadOnlyList<OpcUaItem> Items => items;

    /// <summary>When a group that is read is read next.</summary>
    public long DueMonoNanos { get; set; }
}
