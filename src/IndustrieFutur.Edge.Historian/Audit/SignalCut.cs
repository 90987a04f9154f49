namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>Up to which source time a signal's samples are to be counted in a store.</summary>
/// <param name="Device">Its device.</param>
/// <param name="Signal">Its id in the device.</param>
/// <param name="BeforeUtcNanos">Samples of an earlier time count; <see cref="long.MaxValue"/>: all.</param>
public sealed record SignalCut(string Device, string Signal, long BeforeUtcNanos);
