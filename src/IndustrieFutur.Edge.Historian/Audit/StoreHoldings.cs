namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>What a store has of one cell.</summary>
/// <param name="Signals">Each signal of the cell that the store knows.</param>
/// <param name="Gaps">The rows that tell of samples which will never come.</param>
/// <param name="Streams">The watermarks it keeps.</param>
/// <param name="KeepsFor">Older samples are deleted without being counted; zero: none are, or they are counted.</param>
/// <param name="OldestUtcNanos">The oldest sample of the cell; 0: there is none.</param>
public sealed record StoreHoldings(
    IReadOnlyList<SignalHoldings> Signals, IReadOnlyList<StoredGap> Gaps, IReadOnlyList<StreamHoldings> Streams, TimeSpan KeepsFor, long OldestUtcNanos);
