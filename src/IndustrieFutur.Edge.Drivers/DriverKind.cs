using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>One driver as the catalog knows it: the name in the configuration, what may be written there, and how it is made.</summary>
/// <param name="Name">The word under <c>"driver"</c>.</param>
/// <param name="Options">The class that a device's JSON object becomes; below <see cref="DeviceOptions"/>.</param>
/// <param name="LinkKey">Devices with the same key share one line or connection, one thread and one ring.</param>
/// <param name="CheckLink">Tells what two devices on one link must agree on and do not (null: nothing).</param>
/// <param name="Create">Makes the driver of one link for all its devices; it writes with the writer, and into the numbers, that it is given.</param>
public sealed record DriverKind(
    string Name,
    Type Options,
    Func<DeviceOptions, string> LinkKey,
    Func<DeviceOptions, DeviceOptions, string?> CheckLink,
    Func<IReadOnlyList<DeviceBinding>, SampleWriter, DriverStatistics, DriverSurroundings, ILinkDriver> Create)
{
    /// <summary>How its links are tried again.</summary>
    public Func<DeviceOptions, LinkPatience> Patience { get; init; } = static _ => LinkPatience.Usual;

    /// <summary>What <see cref="Statistics"/> takes of the memory for these devices.</summary>
    public Func<IReadOnlyList<DeviceBinding>, long> StatisticsBytes { get; init; } = static _ => 0;

    /// <summary>
    /// The numbers of a link with these devices, in the next bytes of the memory: the driver is made with them, and whoever only reads
    /// lays the same over the same memory.
    /// </summary>
    public Func<IReadOnlyList<DeviceBinding>, HotMemory, DriverStatistics> Statistics { get; init; } = static (_, _) => DriverStatistics.None;

    /// <summary>Allocates nothing while its link stands, and needs nothing of the service: an isolated sampler can run it.</summary>
    public bool RunsApart { get; init; } = true;

    /// <summary>Each device has a connection of its own, also where two are behind one address: what is sent over it was agreed for one.</summary>
    public bool HasLinkOfItsOwn { get; init; }

    /// <summary>The stages make its signals out of those of other devices: there is no link, no thread and no driver.</summary>
    public bool IsDerived { get; init; }

    /// <summary>The link of a device, as people know it; devices with the same one share it.</summary>
    public string LinkOf(string device, DeviceOptions options) => HasLinkOfItsOwn ? $"{LinkKey(options)} ({device})" : LinkKey(options);
}
