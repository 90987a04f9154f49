using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>One link of a plan: its driver's kind, its name for people, the devices behind it.</summary>
/// <param name="Kind">The kind of its driver.</param>
/// <param name="Name">The port or host, as people know it.</param>
/// <param name="Devices">Everything behind it, in the order of the plan.</param>
public sealed record LinkPlan(DriverKind Kind, string Name, IReadOnlyList<DeviceBinding> Devices)
{
    /// <summary>The links of a plan, in its order; devices on one line or connection share one.</summary>
    public static IReadOnlyList<LinkPlan> Of(CellPlan plan, Func<string, DeviceOptions> optionsOf)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return
        [
            .. plan.Devices
                .Select(device => (Kind: DriverCatalog.Find(device.Driver)!, Device: device))
                .Where(entry => !entry.Kind.IsDerived)
                .Select(entry => (entry.Kind, Binding: new DeviceBinding(entry.Device, optionsOf(entry.Device.Id))))
                .GroupBy(entry => (entry.Kind, Name: entry.Kind.LinkOf(entry.Binding.Plan.Id, entry.Binding.Options)), entry => entry.Binding)
                .Select(link => new LinkPlan(link.Key.Kind, link.Key.Name, [.. link])),
        ];
    }

    /// <summary>Makes the link's driver and the runner around it, which writes into the link's ring.</summary>
    public LinkRunner Run(LinkView view, SampleWriter writer, DriverSurroundings surroundings, Microsoft.Extensions.Logging.ILogger<LinkRunner> logger, OrderDesk? desk = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        var driver = Kind.Create(Devices, writer, view.Statistics, surroundings);
        return new LinkRunner(Name, driver, Devices.SelectMany(device => device.Plan.Signals), writer, view.Status, logger, Kind.Patience(Devices[0].Options), desk);
    }
}
