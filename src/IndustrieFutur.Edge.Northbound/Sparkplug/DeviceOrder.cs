using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>What a host wants a signal to be set to. It carries neither identity nor expiry: Sparkplug knows none.</summary>
/// <param name="Sink">The sink that it came in by.</param>
/// <param name="Signal">The signal to be set.</param>
/// <param name="Bits">The value by the signal's kind; of no interest for a text.</param>
/// <param name="Text">The value of a text; else empty.</param>
/// <param name="SentUtcMillis">When the host says it sent it, milliseconds since 1970 UTC; 0 when it does not say.</param>
public readonly record struct DeviceOrder(string Sink, SignalPlan Signal, long Bits, string Text, ulong SentUtcMillis);
