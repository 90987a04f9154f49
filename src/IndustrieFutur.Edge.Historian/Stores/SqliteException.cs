namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>SQLite refused something; the message is its own.</summary>
internal sealed class SqliteException(int code, string message) : Exception(message)
{
    /// <summary>The primary result code: SQLITE_BUSY, SQLITE_FULL, SQLITE_CORRUPT and so on.</summary>
    public int Code { get; } = code & 0xFF;
}
