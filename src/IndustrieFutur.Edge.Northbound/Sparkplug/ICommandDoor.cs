namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>The one way from a host to a device: whoever receives a command asks here, and somebody else decides.</summary>
public interface ICommandDoor
{
    /// <summary>Hands an order over; null when it was taken, else the sentence that says why not. Neither waits nor throws.</summary>
    string? Refusal(in DeviceOrder order);
}
