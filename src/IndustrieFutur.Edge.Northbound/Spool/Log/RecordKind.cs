namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>What a record of the log holds. On disk: never renumber.</summary>
internal enum RecordKind : byte
{
    /// <summary>Samples of one stream, numbered without a hole.</summary>
    Samples = 1,

    /// <summary>Numbers of one stream that will never come, and why.</summary>
    Gap = 2,

    /// <summary>The newest value under a key; takes effect with the commit that follows it.</summary>
    Note = 3,

    /// <summary>All notes before it hold.</summary>
    Commit = 4,
}
