namespace IndustrieFutur.Edge.App.Ledger;

/// <summary>One thing that is not as the ledger has it, in words.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Historian">Whose store; empty: none.</param>
/// <param name="Device">Of which device; empty: of none.</param>
/// <param name="Signal">Of which signal; empty: of the whole stream.</param>
/// <param name="Count">How many samples.</param>
/// <param name="Sentence">What it means and what to do, French first.</param>
internal sealed record LedgerFinding(FindingKind Kind, string Historian, string Device, string Signal, long Count, string Sentence);
