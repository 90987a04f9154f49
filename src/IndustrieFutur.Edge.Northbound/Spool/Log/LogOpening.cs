namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>What was found when a log was opened.</summary>
/// <param name="Records">Intact ones.</param>
/// <param name="Samples">In intact batches, each counted once.</param>
/// <param name="Holes">Places where records were damaged, with intact ones behind them.</param>
/// <param name="TornTails">Segments that ended in a write which was cut off; a kill or a power cut does that.</param>
/// <param name="Unreadable">Files that could not be read at all and lie aside as <c>.bad</c>.</param>
/// <param name="LostNumbers">Sequence numbers that the damage took; a gap record speaks of each.</param>
internal sealed record LogOpening(long Records, long Samples, int Holes, int TornTails, IReadOnlyList<string> Unreadable, ulong LostNumbers);
