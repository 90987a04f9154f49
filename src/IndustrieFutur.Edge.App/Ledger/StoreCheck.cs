using IndustrieFutur.Edge.Historian.Audit;

namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>What one historian's store has, held against the ledger.</summary>
/// <param name="Historian">Its name.</param>
/// <param name="Holdings">What the store has; null: it could not be asked.</param>
/// <param name="Findings">What does not agree.</param>
/// <param name="Compared">Samples that the ledger has as stored and the store was asked for.</param>
internal sealed record StoreCheck(string Historian, StoreHoldings? Holdings, IReadOnlyList<LedgerFinding> Findings, long Compared);
