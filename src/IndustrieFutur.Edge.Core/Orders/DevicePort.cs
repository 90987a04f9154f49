namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>The way from the gate to one device, whichever process has its link.</summary>
/// <param name="Box">The inbox of its link.</param>
/// <param name="Slot">Its place there.</param>
/// <param name="Generation">Which opening of the link this is.</param>
/// <param name="IsConnected">The link is open.</param>
public sealed record DevicePort(OrderBox Box, int Slot, Func<long> Generation, Func<bool> IsConnected);
