namespace IndustrieFutur.Edge.Historian.Audit;

/// <summary>Counts what a store has and changes nothing in it. Throws <see cref="Stores.StoreException"/> with a sentence when it cannot be asked.</summary>
internal interface IStoreAudit
{
    /// <param name="cell">Group and edge, as <c>group/edge</c>.</param>
    /// <param name="cuts">Up to where; a signal that is not named counts whole.</param>
    Task<StoreHoldings> ReadAsync(string cell, IReadOnlyList<SignalCut> cuts, CancellationToken cancellationToken);
}
