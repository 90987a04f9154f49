namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>What was found when a log was opened.</summary>
/// <param name="Records">Intact ones.</param>
/// <param name="Samples">In intact batches, each counted once.</param>
/// <param name="Holes">Places where records were damaged, with intact ones behind them.</param>
/// <param name="TornTails">Segments that ended in a write which was cut off; a kill or a power cut does that.</param>
/// <param name="Unreadable">Files that could not be read at all and lie aside as <c>.bad</c>.</param>
/// <param name="LostNumbers">Sequence numbers that the damage took; a gap record speaks of each.</param>
internal sealed record LogOpening(long Records, long Samples, int Holes, int TornTails, IReadOnlyList<string> Unreadable, ulong LostNumbers)
{
    /// <summary>The newest file is damaged somewhere: numbers may have been given that nothing here speaks of.</summary>
    public bool IsEndDamaged { get; init; }

    /// <summary>Keys of the notes that the log ends with: those of its last commit, when nothing stands behind that and nothing before it is damaged.</summary>
    public IReadOnlySet<string> LastNotes { get; init; } = new HashSet<string>();

    /// <summary>The newest file ends with its last record. One that was being written when its process was killed has room behind that, which was taken beforehand.</summary>
    public bool IsEndCut { get; init; }
}
