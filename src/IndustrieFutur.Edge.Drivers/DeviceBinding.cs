using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Drivers;

/// <summary>A device of the plan with the options it came from: what a driver is made of.</summary>
public sealed record DeviceBinding(DevicePlan Plan, DeviceOptions Options);
