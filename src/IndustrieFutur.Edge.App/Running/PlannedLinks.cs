using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Northbound.Sparkplug;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>Tells the northbound side which devices can be reached: a device is when its link is, and one without a link always.</summary>
internal sealed class PlannedLinks(CellPlan plan, LinkSet links) : IDeviceLinks
{
    private readonly LinkView?[] _views = [.. plan.Devices.Select(device => links.ViewOf(device.Id))];

    public bool IsConnected(int device) => _views[device]?.Status.IsConnected ?? true;
}
