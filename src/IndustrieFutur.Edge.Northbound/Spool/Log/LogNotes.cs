namespace IndustrieFutur.Edge.Northbound.Spool.Log;

/// <summary>
/// The newest value under each key: cursors, watermarks, counters. Each segment repeats all of them, so that any one of the log's
/// files may go. A value takes effect with the commit behind it, all of one commit together.
/// </summary>
internal sealed class LogNotes
{
    private readonly Dictionary<string, LogNote> _notes = new(StringComparer.Ordinal);

    public IReadOnlyCollection<LogNote> All => _notes.Values;

    public LogNote? Find(string key) => _notes.GetValueOrDefault(key);

    /// <summary>Keeps a copy; the memory of an earlier value is used again.</summary>
    public LogNote Set(string key, ReadOnlySpan<byte> value)
    {
        if (!_notes.TryGetValue(key, out var note))
        {
            note = new LogNote(key);
            _notes.Add(key, note);
        }

        note.Set(value);
        return note;
    }

    public bool Remove(string key) => _notes.Remove(key);
}
