namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>Tells which devices can be reached: births and deaths of devices follow it.</summary>
public interface IDeviceLinks
{
    /// <param name="device">The device's place in the plan.</param>
    bool IsConnected(int device);
}
