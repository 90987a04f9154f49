using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>
/// A link without its driver: its name, what is behind it, and how it fares, in memory that is given. The process that runs the link
/// writes there through its runner and driver; one that only shows it makes the same view over the same memory.
/// </summary>
public sealed class LinkView
{
    /// <param name="memory">Where the status and the numbers live; zeroed memory is a link that was never opened.</param>
    /// <param name="link">The port or host, as people know it.</param>
    /// <param name="kind">The kind of its driver.</param>
    /// <param name="devices">Everything behind the link, in the order of the plan.</param>
    public LinkView(HotMemory memory, string link, DriverKind kind, IReadOnlyList<DeviceBinding> devices)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(devices);
        Link = link;
        Devices = string.Join(", ", devices.Where(device => device.Plan.Signals.Count > 0).Select(device => device.Plan.Id));
        Status = new LinkStatus(memory);
        Statistics = kind.Statistics(devices, memory);
    }

    public string Link { get; }

    /// <summary>The devices behind it, as people read them.</summary>
    public string Devices { get; }

    public LinkStatus Status { get; }

    public DriverStatistics Statistics { get; }

    /// <summary>What a view of such a link takes of the memory.</summary>
    public static long BytesNeeded(DriverKind kind, IReadOnlyList<DeviceBinding> devices)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return LinkStatus.BytesNeeded + kind.StatisticsBytes(devices);
    }
}
