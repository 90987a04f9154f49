namespace IndustrieFutur.Edge.Drivers.Derived;

/// <summary>Measures the time from one rise to the next, by the source's clock.</summary>
public sealed class CycleOptions : SignalEdgeOptions;
