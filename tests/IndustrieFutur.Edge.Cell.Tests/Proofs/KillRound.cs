namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>What came of one kill.</summary>
/// <param name="Value">What was commanded, and by no other round.</param>
/// <param name="Point">How far the command had come.</param>
/// <param name="IsWrittenLater">The machine got it after the service was dead: once, from a sampler that had the order already.</param>
/// <param name="Outcome">As the audit has it; empty: there was no order.</param>
internal sealed record KillRound(ushort Value, KillPoint Point, bool IsWrittenLater, string Outcome);
