namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>A value that a signal was seen with, read after read.</summary>
/// <param name="Value">As text.</param>
/// <param name="FromTick">The cell's tick of the first read that saw it.</param>
/// <param name="ToTick">And of the last one: it certainly lasted so long.</param>
/// <param name="Reads">How many reads saw it, one after another.</param>
internal sealed record SeenState(string Value, long FromTick, long ToTick, int Reads = 1);
