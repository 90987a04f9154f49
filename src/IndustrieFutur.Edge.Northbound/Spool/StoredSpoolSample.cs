using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>A sample as a spool's folder has it, by name.</summary>
/// <param name="Number">Its number in the device's stream.</param>
/// <param name="Device">The device.</param>
/// <param name="Signal">The signal's id; empty when the folder has lost what it was called.</param>
/// <param name="Kind">How the bits are to be read.</param>
/// <param name="Sample">Bits, status and times; its index is of the plan that it was written under.</param>
/// <param name="Text">The text of a text sample; else empty.</param>
public sealed record StoredSpoolSample(ulong Number, string Device, string Signal, ValueKind Kind, Sample Sample, string Text);
