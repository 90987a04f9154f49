namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>How many samples of a signal a store has before its cut.</summary>
/// <param name="Device">Its device.</param>
/// <param name="Signal">Its id in the device.</param>
/// <param name="AtLeast">So many lie before the cut for certain.</param>
/// <param name="AtMost">So many may: a store that knows milliseconds only may have moved some across it.</param>
/// <param name="Forgotten">Samples that the store has deleted for their age, where it counts them.</param>
public sealed record SignalHoldings(string Device, string Signal, long AtLeast, long AtMost, long Forgotten);
