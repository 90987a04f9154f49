using System.Text.Json;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>A device in the plan of a sampler: its driver, and what the configuration says of it, checked.</summary>
/// <param name="Driver">The name of the driver in the catalog.</param>
/// <param name="Options">An object of that driver's class of options.</param>
public sealed record SamplerDevice(string Driver, JsonElement Options);
