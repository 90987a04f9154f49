namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>The tables of the embedded store.</summary>
internal static class EmbeddedSchema
{
    /// <summary>Written into the file's user_version, so that a later program knows what it opens.</summary>
    public const int Version = 1;

    /// <summary>
    /// A point's identity is its signal and source time: a sample that comes again takes its own place. How many were deleted for their age is
    /// counted, so that a ledger can still be held against the file.
    /// </summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS signal (
          id INTEGER PRIMARY KEY, cell TEXT NOT NULL, device TEXT NOT NULL, signal TEXT NOT NULL, type TEXT NOT NULL, unit TEXT NOT NULL,
          UNIQUE (cell, device, signal));
        CREATE TABLE IF NOT EXISTS sample (
          signal_id INTEGER NOT NULL, t INTEGER NOT NULL, v, q INTEGER NOT NULL, PRIMARY KEY (signal_id, t)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS gap (
          cell TEXT NOT NULL, device TEXT NOT NULL, epoch TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
          cause INTEGER NOT NULL, noticed INTEGER NOT NULL, PRIMARY KEY (cell, device, epoch, first)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS watermark (
          cell TEXT NOT NULL, device TEXT NOT NULL, epoch TEXT NOT NULL, changed INTEGER NOT NULL, stored TEXT NOT NULL,
          PRIMARY KEY (cell, device, epoch)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS forgotten (signal_id INTEGER PRIMARY KEY, samples INTEGER NOT NULL);
        """;
}
